import FileSystem

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension FileFault {
    /// Why, such as "No such file or directory".
    var words: String {
        switch reason {
        case .refused(_, let code): Self.words(of: code)
        case .kind(.folder, .file): Self.words(of: EISDIR)
        case .kind(_, .folder): Self.words(of: ENOTDIR)
        case .kind: "it is no regular file"
        }
    }
}
