import FoundationEssentials

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Downloads files with the system's `curl`: certificates, proxies and redirections are its business.
struct Downloader: Sendable {
    /// The protocols that curl may use, in its own notation.
    var protocols = "=https"

    /// Downloads `address` to the file `path`; the error says in words why it could not.
    func download(_ address: String, to path: String, progress: (DatasetProgress) -> Void) throws(ContentProblem) {
        let messages = "\(path).messages"
        let headers = "\(path).headers"
        defer {
            unlink(messages)
            unlink(headers)
        }
        progress(.downloading(address: address, received: 0, total: nil))
        let process = try start([
            "curl", "--fail", "--location", "--globoff", "--silent", "--show-error", "--proto", protocols, "--proto-redir", protocols,
            "--connect-timeout", "15", "--speed-limit", "1000", "--speed-time", "60", "--max-filesize", "4000000000",
            "--stderr", messages, "--dump-header", headers, "--output", path, "--", address,
        ])
        var status: Int32 = 0
        while true {
            let finished = waitpid(process, &status, WNOHANG)
            if finished == process { break }
            if finished < 0, errno != EINTR { throw ContentProblem(text: FileFailure(path: "curl", code: errno).reason) }
            usleep(50_000)
            if let received = size(of: path) {
                progress(.downloading(address: address, received: received, total: total(headers)))
            }
        }
        guard status == 0 else { throw ContentProblem(text: problem(messages, status: status)) }
        if let received = size(of: path) { progress(.downloading(address: address, received: received, total: received)) }
    }

    // MARK: - Details

    private func start(_ arguments: [String]) throws(ContentProblem) -> pid_t {
        let environment = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }
        var argumentPointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        var environmentPointers: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
        defer { for pointer in argumentPointers + environmentPointers { free(pointer) } }
        var process: pid_t = 0
        let code = posix_spawnp(&process, "curl", nil, nil, &argumentPointers, &environmentPointers)
        guard code == 0 else {
            throw ContentProblem(
                text: code == ENOENT
                    ? "the program curl was not found; install it" : "curl: \(FileFailure(path: "curl", code: code).reason)")
        }
        return process
    }

    private func size(of path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : nil
    }

    /// The length that the last answer announces.
    private func total(_ headers: String) -> Int? {
        text(of: headers).split(whereSeparator: \.isNewline).reversed().lazy
            .filter { $0.lowercased().hasPrefix("content-length:") }
            .compactMap { Int($0.dropFirst("content-length:".count).trimmingSpaces) }.first
    }

    /// curl's last message, or how it ended.
    private func problem(_ messages: String, status: Int32) -> String {
        if let line = text(of: messages).split(whereSeparator: \.isNewline).last { return String(line) }
        return status & 0x7f == 0 ? "curl ended with exit code \(status >> 8 & 0xff)" : "curl was ended by signal \(status & 0x7f)"
    }

    private func text(of path: String) -> String {
        guard let file = try? FileBytes(path: path) else { return "" }
        return withExtendedLifetime(file) { String(decoding: file.bytes, as: UTF8.self) }
    }
}
