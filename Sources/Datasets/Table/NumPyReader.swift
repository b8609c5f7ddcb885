import FileSystem

/// Reads tables of numbers out of `.npy` and `.npz` files.
///
/// In an `.npz`, every array gives columns: `y` of shape (n) the column `y`, `x` of shape (n, 4) the columns `x1` to `x4`, further axes one after the
/// other. Arrays named `…_train` and `…_test` are two parts of one, train first, and are the data set's own parts then. An `.npy` gives `column1`, ….
enum NumPyReader {
    static let limits = ArchiveReader.Limits(chosen: 2_000_000_000, total: 2_000_000_000)

    /// Reads the arrays in a file, which messages call `path`.
    static func read(_ file: FileBytes, path: String) throws -> (table: Table, parts: SplitRows?) {
        let isArchive = withExtendedLifetime(file) { file.bytes.starts(with: Array("PK".utf8)) }
        guard isArchive else {
            let array = try array(withExtendedLifetime(file) { [UInt8](file.bytes) }, path: path, member: nil)
            let names = (1...max(array.width, 1)).map { "column\($0)" }
            return (try table(path, [NumberColumns.Block(names: names, pieces: [array])]), nil)
        }
        let members: [RawMember]
        do {
            members = try withExtendedLifetime(file) { () throws(ArchiveReader.Failure) in
                try ArchiveReader.members(of: file.bytes, limits: limits) { $0.hasSuffix(".npy") ? String($0.dropLast(4)) : nil }
            }
        } catch {
            throw DatasetError.file(path: path, reason: error.reason)
        }
        guard !members.isEmpty else { throw DatasetError.file(path: path, reason: "it holds no array") }
        return try arrays(members, path: path)
    }

    // MARK: - Details

    private static func arrays(_ members: [RawMember], path: String) throws -> (table: Table, parts: SplitRows?) {
        var arrays: [(name: String, part: String?, array: NumPyArray)] = []
        for member in members {
            let part = ["train", "test"].first { member.name.hasSuffix("_\($0)") }
            let name = part.map { String(member.name.dropLast($0.count + 1)) } ?? member.name
            arrays.append((name, part, try array(member.bytes, path: path, member: member.name)))
        }
        let hasParts = arrays.contains { $0.part != nil }
        var blocks: [NumberColumns.Block] = []
        var trainCount: Int?
        for name in Set(arrays.map(\.name)).sorted() {
            let all = arrays.filter { $0.name == name }
            let pieces: [NumPyArray]
            if hasParts {
                guard let train = all.first(where: { $0.part == "train" }), let test = all.first(where: { $0.part == "test" }),
                    all.count == 2,
                    train.array.shape.dropFirst() == test.array.shape.dropFirst(), trainCount == nil || trainCount == train.array.rowCount
                else {
                    throw DatasetError.file(
                        path: path,
                        reason: "the array \(name) needs a part _train and a part _test of the same shape and as many rows as the others")
                }
                trainCount = train.array.rowCount
                pieces = [train.array, test.array]
            } else {
                guard all.count == 1 else {
                    throw DatasetError.file(path: path, reason: "it holds \(all.count) arrays \(name); one of each name was expected")
                }
                pieces = all.map(\.array)
            }
            let isPlain = pieces[0].shape.count == 1
            blocks.append(.init(names: isPlain ? [name] : (1...max(pieces[0].width, 1)).map { "\(name)\($0)" }, pieces: pieces))
        }
        let table = try table(path, blocks)
        guard let trainCount, trainCount > 0, trainCount < table.rowCount else { return (table, nil) }
        return (
            table,
            SplitRows(train: (0..<Int32(trainCount)).map { $0 }, test: (Int32(trainCount)..<Int32(table.rowCount)).map { $0 })
        )
    }

    private static func table(_ path: String, _ blocks: [NumberColumns.Block]) throws -> Table {
        let counts = Set(blocks.map(\.rowCount))
        guard let rows = counts.first, counts.count == 1 else {
            let found = blocks.map { "\($0.names[0]) has \($0.rowCount)" }.joined(separator: ", ")
            throw DatasetError.file(path: path, reason: "its arrays must have as many rows each; \(found)")
        }
        guard rows > 0, blocks.allSatisfy({ $0.pieces[0].width > 0 }) else {
            throw DatasetError.file(path: path, reason: "it holds an empty array")
        }
        var owners: [String: Int] = [:]
        for (number, block) in blocks.enumerated() {
            for name in block.names {
                guard let other = owners.updateValue(number, forKey: name) else { continue }
                let found = [blocks[other], block].map {
                    $0.names.count > 1 ? "one with \($0.names[0]) to \($0.names.last ?? "")" : $0.names[0]
                }
                throw DatasetError.file(
                    path: path, reason: "two of its arrays give a column \(name) (\(found.joined(separator: ", "))); name one of them anew")
            }
        }
        return Table(numbers: NumberColumns(blocks: blocks, rowCount: rows), file: path)
    }

    private static func array(_ bytes: [UInt8], path: String, member: String?) throws -> NumPyArray {
        do {
            return try NumPyArray(bytes)
        } catch {
            throw DatasetError.file(path: path, reason: (member.map { "the array \($0): " } ?? "") + error.text)
        }
    }
}
