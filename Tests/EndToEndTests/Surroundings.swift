import Foundation

/// A clock of processes that start with its environment.
struct SettableClock {
    private static let compiler = ["/usr/bin/cc", "/usr/bin/clang"].first { FileManager.default.isExecutableFile(atPath: $0) }
    private let library: String
    private let signal: String

    static var isPossible: Bool {
        #if os(Linux)
        compiler != nil
        #else
        false
        #endif
    }

    init(in folder: URL) throws {
        library = folder.appendingPathComponent("clock.so").path
        signal = folder.appendingPathComponent("clock-goes-back").path
        let code = """
            #define _GNU_SOURCE
            #include <dlfcn.h>
            #include <time.h>
            #include <unistd.h>
            #include <sys/time.h>
            static long shift(void) { return access("\(signal)", F_OK) ? 0 : 31536000; }
            int clock_gettime(clockid_t clock, struct timespec *now) {
                int (*real)(clockid_t, struct timespec *) = dlsym(RTLD_NEXT, "clock_gettime");
                int result = real(clock, now);
                if (clock == CLOCK_REALTIME) now->tv_sec -= shift();
                return result;
            }
            int gettimeofday(struct timeval *now, void *zone) {
                struct timespec time;
                clock_gettime(CLOCK_REALTIME, &time);
                now->tv_sec = time.tv_sec;
                now->tv_usec = time.tv_nsec / 1000;
                return 0;
            }
            time_t time(time_t *now) {
                struct timespec time;
                clock_gettime(CLOCK_REALTIME, &time);
                if (now) *now = time.tv_sec;
                return time.tv_sec;
            }
            """
        let source = folder.appendingPathComponent("clock.c")
        try Data(code.utf8).write(to: source)
        let made = try Running(["-shared", "-fPIC", "-o", library, source.path], executable: Self.compiler ?? "", in: folder).result()
        guard made.status == 0 else { throw NoClock(description: made.messages) }
    }

    private struct NoClock: Error, CustomStringConvertible { let description: String }

    var environment: [String: String] { ["LD_PRELOAD": library] }

    func goBack() throws { try Data().write(to: URL(fileURLWithPath: signal)) }
}

/// A file system in memory with little room.
struct SmallDisk {
    private let path: String

    static let isPossible: Bool = {
        guard geteuid() == 0 else { return false }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ablate-mount-\(UUID().uuidString)").path
        guard let disk = try? SmallDisk(at: folder, kilobytes: 100) else { return false }
        disk.remove()
        return true
    }()

    private struct NoDisk: Error {}

    init(at path: String, kilobytes: Int) throws {
        self.path = path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard mount("tmpfs", path, "tmpfs", 0, "size=\(kilobytes)k") == 0 else { throw NoDisk() }
    }

    func fill() throws {
        let file = fopen(path + "/filler", "w")
        while fputs(String(repeating: "x", count: 1024), file) >= 0, fflush(file) == 0 {}
        fclose(file)
    }

    func empty() throws { try FileManager.default.removeItem(atPath: path + "/filler") }

    func forbidWriting() throws {
        guard mount("tmpfs", path, "tmpfs", UInt(MS_REMOUNT | MS_RDONLY), nil) == 0 else { throw NoDisk() }
    }

    func remove() {
        umount(path)
        rmdir(path)
    }
}

/// A group of processes that the kernel lets have little memory: one that takes more is killed.
final class MemoryGroup {
    private let folder: String
    private var files: [String] = []

    /// The roots of both versions of control groups, with the file of a group's limit.
    private static let versions = [("/sys/fs/cgroup/memory", "memory.limit_in_bytes"), ("/sys/fs/cgroup", "memory.max")]

    static let isPossible: Bool = {
        guard let group = try? MemoryGroup(megabytes: 100) else { return false }
        group.remove()
        return true
    }()

    private struct NoGroup: Error {}

    init(megabytes: Int) throws {
        let name = "ablate-\(UUID().uuidString)"
        for (root, limit) in Self.versions {
            let folder = "\(root)/\(name)"
            guard mkdir(folder, 0o755) == 0 else { continue }
            if Self.put("\(megabytes << 20)", into: "\(folder)/\(limit)") {
                // What is beyond it is not to go to the disk instead.
                _ = Self.put("0", into: "\(folder)/memory.swap.max")
                self.folder = folder
                return
            }
            rmdir(folder)
        }
        throw NoGroup()
    }

    /// A file of the kernel's takes no file in its place.
    private static func put(_ text: String, into path: String) -> Bool {
        let file = open(path, O_WRONLY)
        guard file >= 0 else { return false }
        defer { close(file) }
        return write(file, text, text.utf8.count) == text.utf8.count
    }

    /// A command of the shell that joins the group, fills so many megabytes of it with a file in memory, which nothing can push out, and becomes the program.
    func command(filling megabytes: Int, _ program: [String]) -> String {
        let file = "/dev/shm/\(UUID().uuidString)"
        files.append(file)
        return "echo $$ > \(folder)/cgroup.procs && head -c \(megabytes << 20) /dev/zero > \(file) && exec "
            + program.map { "'\($0)'" }.joined(separator: " ")
    }

    func remove() {
        for file in files { unlink(file) }
        _ = eventually { rmdir(folder) == 0 }
    }
}
