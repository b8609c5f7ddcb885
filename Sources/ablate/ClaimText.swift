import FoundationEssentials
import Projects
import RunStore
import Scheduling

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Since when runs are trained elsewhere, and when their processes were last heard of, to be read after `running`.
struct ClaimText {
    let text: String

    /// Nil where no claim tells.
    init?(_ states: [RunState]) {
        self.init(claims: states.compactMap { if case .running(let claim) = $0 { claim } else { nil } })
    }

    /// The first that began and the last that was heard of.
    init?(claims: [Claim]) {
        guard let since = claims.compactMap(\.since).min() else { return nil }
        let heard = claims.map(\.secondsSinceHeardOf).min() ?? 0
        text = " since \(Self.time(since)), last heard of \(Int(heard.rounded())) s ago"
    }

    /// By the clock on the wall: `14:02`, or `2026-01-31 14:02` on another day.
    private static func time(_ date: Date) -> String {
        let (asked, now) = (parts(of: date), parts(of: Date()))
        func digits(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let time = "\(digits(asked.tm_hour)):\(digits(asked.tm_min))"
        guard (asked.tm_year, asked.tm_yday) != (now.tm_year, now.tm_yday) else { return time }
        return "\(1900 + asked.tm_year)-\(digits(asked.tm_mon + 1))-\(digits(asked.tm_mday)) \(time)"
    }

    private static func parts(of date: Date) -> tm {
        var (seconds, parts) = (time_t(date.timeIntervalSince1970), tm())
        localtime_r(&seconds, &parts)
        return parts
    }
}
