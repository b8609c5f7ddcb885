import Foundation

/// How much time and memory a case may take. What goes beyond ends the process.
enum Bounds {
    /// Seconds of the processor for a case; a busy machine changes nothing.
    private static let seconds = 10
    /// Bytes of memory for the whole process, unfolded archives (`ArchiveReader.Limits.memory`) included.
    private static let memory: rlim_t = 1 << 30

    static func take() {
        var limit = rlimit(rlim_cur: memory, rlim_max: memory)
        #if os(Linux)
        setrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), &limit)
        #else
        setrlimit(RLIMIT_DATA, &limit)
        #endif
        // A core file of each trap would take longer than the cases.
        limit = rlimit(rlim_cur: 0, rlim_max: 0)
        #if os(Linux)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
        #else
        setrlimit(RLIMIT_CORE, &limit)
        #endif
    }

    /// Tells the number of the case that begins, and winds the clock.
    static func begin(_ number: Int) {
        var time = itimerval(it_interval: timeval(), it_value: timeval(tv_sec: seconds, tv_usec: 0))
        #if os(Linux)
        setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &time, nil)
        #else
        setitimer(ITIMER_PROF, &time, nil)
        #endif
        let line = Array("\(number)\n".utf8)
        _ = line.withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
    }

    /// The most memory that the process had so far, in bytes.
    static var peak: Int {
        var usage = rusage()
        #if os(Linux)
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss << 10
        #else
        getrusage(RUSAGE_SELF, &usage)
        return usage.ru_maxrss
        #endif
    }
}
