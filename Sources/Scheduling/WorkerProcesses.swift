import Subprocess

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Workers as processes of an executable, each in a process group of its own, so that Ctrl-C on the terminal reaches only the parent.
/// Commands go to a worker's standard input, events come from its standard output, and its standard error is the parent's until the worker
/// turns it to the log of its run. A worker whose input closes leaves by itself, also when the parent was killed.
public struct WorkerProcesses: Executor {
    private let executable: String
    private let arguments: [String]

    /// Workers that are started as `executable arguments…`. From now on the process ignores SIGPIPE: a worker may die before its next command is written.
    public init(executable: String, arguments: [String]) {
        signal(SIGPIPE, SIG_IGN)
        self.executable = executable
        self.arguments = arguments
    }

    /// One worker, start to end.
    public func work(
        _ worker: Int, commands: AsyncStream<WorkerOrder>, deliver: @escaping @Sendable (WorkerEvent) -> Void
    ) async -> WorkerEnding {
        var options = PlatformOptions()
        options.processGroupID = 0
        do {
            let result = try await run(
                .path(.init(executable)), arguments: Arguments(arguments), platformOptions: options,
                input: .inputWriter, output: .sequence, error: .currentStandardError
            ) { execution in
                await withTaskCancellationHandler {
                    await converse(with: execution, commands: commands, deliver: deliver)
                } onCancel: {
                    try? execution.send(signal: .kill, toProcessGroup: true)
                }
            }
            if let line = result.closureResult { return .misspoke(line: line) }
            switch result.terminationStatus {
            case .exited(let code): return .exited(code: Int(code))
            case .signaled(let signal): return .killed(signal: Int(signal))
            }
        } catch {
            return .notStarted(reason: "\(executable): \(error)")
        }
    }

    /// Passes commands in and events out until the worker's output ends. Returns the line that is no event, when there was one.
    private func converse(
        with execution: Execution<CustomWriteInput, SequenceOutput, FileDescriptorOutput>, commands: AsyncStream<WorkerOrder>,
        deliver: @escaping @Sendable (WorkerEvent) -> Void
    ) async -> String? {
        let writer = execution.standardInputWriter
        let sender = Task {
            for await command in commands {
                guard let line = try? MessageLine.encode(command), (try? await writer.write(line)) != nil else { break }
            }
            try? await writer.finish()
        }
        defer { sender.cancel() }
        var current = ""
        do {
            for try await line in execution.standardOutput.strings() where !line.isEmpty {
                current = line
                deliver(try MessageLine.decode(WorkerEvent.self, from: line.utf8))
            }
            return nil
        } catch {
            try? execution.send(signal: .kill, toProcessGroup: true)
            return current
        }
    }
}
