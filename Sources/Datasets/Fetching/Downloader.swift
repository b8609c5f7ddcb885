import FileSystem
import Processes

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Downloads files with the system's `curl`: certificates, proxies and redirections are its business.
struct Downloader: Sendable {
    /// The protocols that curl may use, in its own notation.
    var protocols = "=https"

    /// How often progress is told.
    private static let interval = Duration.milliseconds(100)
    /// Of what curl says on its standard error, the headers of answers among it, the last so many bytes are kept.
    private static let longestMessages = 1 << 16

    /// Downloads `address` to the file `path`; the error says in words why it could not. A wish to stop ends curl. The file is the caller's to remove.
    ///
    /// What comes is written here and not by curl: should this process be killed, curl has nowhere to write and ends as well.
    func download(
        _ address: String, to path: String, heeding interruptions: Interruptions?, progress: (DatasetProgress) -> Void
    ) throws(ContentProblem) {
        progress(.downloading(address: address, received: 0, total: nil))
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw ContentProblem(text: FileFault.words(of: errno)) }
        defer { close(file) }
        let transfer = try Transfer(arguments(address))
        defer { transfer.close() }
        var messages: [UInt8] = []
        var received = 0
        var told = ContinuousClock.now
        var isOpen = true
        var messagesHaveEnded = false
        while isOpen {
            waitForArrival(
                at: [transfer.content, messagesHaveEnded ? -1 : transfer.messages, interruptions?.descriptor ?? -1], within: Self.interval)
            if let interruptions, interruptions.take() > 0 {
                transfer.end()
                throw .interruption
            }
            if !messagesHaveEnded {
                switch readArrived(from: transfer.messages) {
                case .nothing: break
                case .end: messagesHaveEnded = true
                case .bytes(let bytes): messages = (messages + bytes).suffix(Self.longestMessages)
                }
            }
            switch readArrived(from: transfer.content) {
            case .nothing: break
            case .end: isOpen = false
            case .bytes(let bytes):
                guard writeAll(bytes, to: file) else {
                    let code = errno
                    transfer.end()
                    throw ContentProblem(text: FileFault.words(of: code))
                }
                received += bytes.count
            }
            if told.duration(to: .now) >= Self.interval {
                told = .now
                progress(.downloading(address: address, received: received, total: Self.total(messages)))
            }
        }
        let ending = transfer.process.waitForEnding()
        while case .bytes(let bytes) = readArrived(from: transfer.messages) { messages = (messages + bytes).suffix(Self.longestMessages) }
        guard ending == .exited(code: 0) else { throw ContentProblem(text: Self.problem(messages, ending)) }
        progress(.downloading(address: address, received: received, total: received))
    }

    // MARK: - Details

    private func arguments(_ address: String) -> [String] {
        [
            "--fail", "--location", "--globoff", "--silent", "--show-error", "--proto", protocols, "--proto-redir", protocols,
            "--connect-timeout", "15", "--speed-limit", "1000", "--speed-time", "60", "--max-filesize", "4000000000",
            "--dump-header", "/dev/stderr", "--output", "-", "--", address,
        ]
    }

    /// The length that the last answer announces.
    private static func total(_ messages: [UInt8]) -> Int? {
        lines(messages).reversed().lazy.filter { $0.lowercased().hasPrefix("content-length:") }
            .compactMap { Int($0.dropFirst("content-length:".count).trimmingSpaces) }.first
    }

    /// curl's last message, or how it ended.
    private static func problem(_ messages: [UInt8], _ ending: ChildProcess.Ending) -> String {
        if let line = lines(messages).last(where: { $0.hasPrefix("curl: ") }) { return String(line) }
        switch ending {
        case .exited(let code): return "curl ended with exit code \(code)"
        case .killed(let signal): return "curl was ended by signal \(signal)"
        }
    }

    private static func lines(_ messages: [UInt8]) -> [Substring] {
        String(decoding: messages, as: UTF8.self).split(whereSeparator: \.isNewline)
    }
}

/// A curl that runs, and the ends of its two pipes.
private struct Transfer {
    let process: ChildProcess
    let content: Int32
    let messages: Int32

    init(_ arguments: [String]) throws(ContentProblem) {
        do throws(StartFault) {
            let content = try Pipe()
            let messages: Pipe
            do { messages = try Pipe() } catch {
                content.closeBoth()
                throw error
            }
            defer {
                Self.close(content.writing)
                Self.close(messages.writing)
            }
            do {
                process = try ChildProcess("curl", arguments, output: .descriptor(content.writing), errors: .descriptor(messages.writing))
            } catch {
                Self.close(content.reading)
                Self.close(messages.reading)
                throw error
            }
            (self.content, self.messages) = (content.reading, messages.reading)
        } catch {
            throw ContentProblem(text: error.isAbsence ? "the program curl was not found; install it" : "curl: \(error)")
        }
    }

    /// Ends curl at once.
    func end() {
        process.kill()
        _ = process.waitForEnding()
    }

    func close() {
        Self.close(content)
        Self.close(messages)
    }

    private static func close(_ descriptor: Int32) {
        #if canImport(Glibc)
        _ = Glibc.close(descriptor)
        #else
        _ = Darwin.close(descriptor)
        #endif
    }
}
