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
