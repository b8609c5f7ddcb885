import Documents
import Settings

/// Reads a file and those that it extends into one tree.
struct ExtensionChain {
    /// Gives the text of a file.
    let read: (String) throws(Diagnostics) -> Source
    /// The folder that `extends` may not leave.
    let projectRoot: String
    /// The folder that relative paths start from; empty when `projectRoot` is relative too.
    let currentFolder: String
    /// What is wrong so far.
    var findings = Diagnostics()

    /// How many files may extend each other.
    static let limit = 16

    /// The tree of a file, laid over those of the files that it extends; `nil` when one of them cannot be read, which is reported.
    mutating func tree(of file: String) -> Node? {
        let source: Source
        do throws(Diagnostics) { source = try read(file) } catch {
            findings.all += error.all
            return nil
        }
        return tree(of: source, path: file, visited: [FilePath(file).normalized.text])
    }

    private mutating func tree(of source: Source, path: String, visited: [String]) -> Node? {
        guard let root = Node.parse(source, into: &findings) else { return nil }
        guard root.entries != nil else {
            findings.all.append(
                Diagnostic(
                    "an experiment is a map of keys and values, found \(root.described)", at: root.place, help: "start with title: …"))
            return nil
        }
        guard let extends = root["extends"], extends.kind != .null else { return root }
        guard let scalar = extends.scalar else { return root }
        guard let parent = parent(scalar.text, of: path, at: extends.place, visited: visited) else { return nil }
        return parent.overlaid(with: root, as: .record(ExperimentFormat.record.shape))
    }

    private mutating func parent(_ written: String, of path: String, at place: Place, visited: [String]) -> Node? {
        let folder = FilePath(path).folder
        let target = folder.appending(written).normalized
        guard isAllowed(target, from: folder), !written.hasPrefix("/") else {
            findings.all.append(
                Diagnostic(
                    "\"\(written)\" lies outside the project", at: place, help: "extends takes files of the project, seen from this one"))
            return nil
        }
        guard !visited.contains(target.text) else {
            let circle = (visited + [target.text]).joined(separator: " → ")
            findings.all.append(Diagnostic("the file extends itself: \(circle)", at: place, help: "take one of these links out"))
            return nil
        }
        guard visited.count < Self.limit else {
            findings.all.append(Diagnostic("more than \(Self.limit) files extend each other", at: place))
            return nil
        }
        let source: Source
        do throws(Diagnostics) { source = try read(target.text) } catch {
            findings.all += error.all.map { found in
                found.line == nil ? Diagnostic("cannot extend \"\(written)\": \(found.message)", at: place, help: found.help) : found
            }
            return nil
        }
        guard let tree = tree(of: source, path: target.text, visited: visited + [target.text]) else { return nil }
        let settings = (tree.entries ?? []).filter { !ExperimentHeader.ownKeys.contains($0.key) }
        return Node(.map(settings), at: tree.place)
    }

    /// Inside the project, or, for a file that lies elsewhere, in its own folder.
    private func isAllowed(_ target: FilePath, from folder: FilePath) -> Bool {
        func resolved(_ path: FilePath) -> FilePath { FilePath(currentFolder).appending(path.text).normalized }
        let root = resolved(FilePath(projectRoot))
        let folder = resolved(folder)
        return resolved(target).isInside(folder == root || folder.isInside(root) ? root : folder)
    }
}

/// A path as text alone; nothing is looked up on disk.
struct FilePath: Equatable {
    let text: String

    init(_ text: String) { self.text = text }

    /// The folder of a file; empty for the current one.
    var folder: FilePath {
        guard let slash = text.lastIndex(of: "/") else { return FilePath("") }
        return FilePath(slash == text.startIndex ? "/" : String(text[..<slash]))
    }

    /// The file's name without folder and ending.
    var stem: String {
        let name = text.split(separator: "/").last.map(String.init) ?? text
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
        return String(name[..<dot])
    }

    func appending(_ other: String) -> FilePath {
        FilePath(text.isEmpty || other.hasPrefix("/") ? other : text + (text.hasSuffix("/") ? "" : "/") + other)
    }

    /// Without `.`, and without `..` where something stands before it.
    var normalized: FilePath {
        var parts: [Substring] = []
        for part in text.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
        }
        return FilePath((text.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/"))
    }

    /// Whether a normalised path lies in a normalised folder.
    func isInside(_ folder: FilePath) -> Bool {
        if folder.text.isEmpty { return !text.hasPrefix("/") && text != ".." && !text.hasPrefix("../") }
        return text.hasPrefix(folder.text.hasSuffix("/") ? folder.text : folder.text + "/")
    }
}
