import Datasets
import Documents
import Foundation
import Settings
import Testing

/// Files that NumPy 2.4 wrote, in base 64.
struct NumPyTests {
    // np.save of np.array([[1, 2.5], [3, -4], [5, 6e10]]), as float32 in Fortran order; of [[1, -2], [3, -4], [5, 6]] as >i2; of [True, False, True];
    // of [[1, 2], [nan, 3]]; of ['a', 'b'].
    private static let float64 = """
        k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDMsIDIpLCB9ICAgICAgICAgICAgIC\
        AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAADwPwAAAAAAAARAAAAAAAAACEAAAAAAAAAQwAAAAAAA\
        ABRAAAAAsI7wK0I=
        """
    private static let fortranFloat32 = """
        k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMywgMiksIH0gICAgICAgICAgICAgIC\
        AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAIA/AABAQAAAoEAAACBAAACAwHaEX1E=
        """
    private static let bigEndianInt16 = """
        k05VTVBZAQB2AHsnZGVzY3InOiAnPmkyJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDMsIDIpLCB9ICAgICAgICAgICAgIC\
        AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAf/+AAP//AAFAAY=
        """
    private static let boolean = """
        k05VTVBZAQB2AHsnZGVzY3InOiAnfGIxJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDMsKSwgfSAgICAgICAgICAgICAgIC\
        AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoBAAE=
        """
    private static let notANumber = """
        k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDIpLCB9ICAgICAgICAgICAgIC\
        AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAADwPwAAAAAAAABAAAAAAAAA+H8AAAAAAAAIQA==
        """
    // np.save of np.array([[1, -2.5], [6e-8, 65504], [0, 0.1]], dtype='f2').
    private static let float16 = """
        k05VTVBZAQB2AHsnZGVzY3InOiAnPGYyJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDMsIDIpLCB9ICAgICAgICAgICAgIC\
        AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAPADBAQD/ewAAZi4=
        """
    private static let texts = """
        k05VTVBZAQB2AHsnZGVzY3InOiAnPFUxJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsKSwgfSAgICAgICAgICAgICAgIC\
        AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAphAAAAYgAAAA==
        """
    // np.savez_compressed(x_train=np.arange(12, dtype='u1').reshape(3, 2, 2), y_train=np.array([0, 1, 0]), x_test=np.full((2, 2, 2), 9, dtype='u1'),
    // y_test=np.array([1, 1])); x=np.zeros((3, 2)), y=np.zeros(2).
    private static let parts = """
        UEsDBC0AAAAIAAAAIQCaCbEc//////////8LABQAeF90cmFpbi5ucHkBABAAjAAAAAAAAABUAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loF\
        5Taqiuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GsY6CkZApKmjUKtAHuBiYGRiZmFlY+fg5OIGAFBLAwQtAAAACAAAACEAikc3qP//\
        ////////CwAUAHlfdHJhaW4ubnB5AQAQAJgAAAAAAAAASgAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBuk2mhrqOgnpZfVFKUmBefX5SSCh\
        J3S8wpTgWKF2ckFqQC+RrGOpo6CrUKFAAuBihgZEAFAFBLAwQtAAAACAAAACEAPs16Iv//////////CgAUAHhfdGVzdC5ucHkBABAAiAAAAAAA\
        AABJAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loF5Taqiuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6CiCkqaNQq0Ae4OKEAg\
        BQSwMELQAAAAgAAAAhAO/7k2f//////////woAFAB5X3Rlc3QubnB5AQAQAJAAAAAAAAAASQAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBu\
        k2mhrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOpo6CrUKFAAuRgYIgNEAUEsBAi0DLQAAAAgAAAAhAJoJsRxUAAAAjAAAAAsAAA\
        AAAAAAAAAAAIABAAAAAHhfdHJhaW4ubnB5UEsBAi0DLQAAAAgAAAAhAIpHN6hKAAAAmAAAAAsAAAAAAAAAAAAAAIABkQAAAHlfdHJhaW4ubnB5\
        UEsBAi0DLQAAAAgAAAAhAD7NeiJJAAAAiAAAAAoAAAAAAAAAAAAAAIABGAEAAHhfdGVzdC5ucHlQSwECLQMtAAAACAAAACEA7/uTZ0kAAACQAA\
        AACgAAAAAAAAAAAAAAgAGdAQAAeV90ZXN0Lm5weVBLBQYAAAAABAAEAOIAAAAiAgAAAAA=
        """
    private static let unequal = """
        UEsDBC0AAAAIAAAAIQACoXc3//////////8FABQAeC5ucHkBABAAsAAAAAAAAABJAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TZqGuo6\
        Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GsY6CkaaOgq1CmQDLgYSAQBQSwMELQAAAAgAAAAhAG6Zsij//////////wUAFAB5Lm5weQEA\
        EACQAAAAAAAAAEcAAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgbpNmoa6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkaRjqaOgq1Ch\
        QALgY0AABQSwECLQMtAAAACAAAACEAAqF3N0kAAACwAAAABQAAAAAAAAAAAAAAgAEAAAAAeC5ucHlQSwECLQMtAAAACAAAACEAbpmyKEcAAACQ\
        AAAABQAAAAAAAAAAAAAAgAGAAAAAeS5ucHlQSwUGAAAAAAIAAgBmAAAA/gAAAAAA
        """

    private static func open(_ text: String, named name: String, target: ColumnSettings) throws -> EncodedDataset {
        let folder = try TemporaryFolder()
        let path = try folder.write([UInt8](try #require(Data(base64Encoded: text))), to: name)
        return try DatasetStore(folder: folder.path).open(
            EncodingRequest(
                source: .numpy(path: path), inputs: InputSettings(columns: [.init(column: "*", encoding: .numeric(scale: .none))]),
                target: target))
    }

    private static let lastColumn = ColumnSettings(column: "column2", encoding: .numeric(scale: .none))

    @Test(arguments: [
        (float64, [1, 3, 5], [2.5, -4, 6e10]), (fortranFloat32, [1, 3, 5], [2.5, -4, 6e10]), (bigEndianInt16, [1, 3, 5], [-2, -4, 6]),
        (float16, [1, 5.9604645e-8, 0], [-2.5, 65504, 0.099975586]),
    ])
    func readsArrays(text: String, matrix: [Float], values: [Float]) throws {
        let dataset = try Self.open(text, named: "a.npy", target: Self.lastColumn)
        #expect(dataset.matrix == matrix)
        #expect(dataset.values == values)
    }

    @Test(arguments: [(MissingSettings.mean, [1, 1]), (.drop, [1]), (.value("7"), [1, 7])])
    func whatIsNotANumberIsAnEmptyCell(missing: MissingSettings, expected: [Float]) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Array(try #require(Data(base64Encoded: Self.notANumber))), to: "a.npy")
        let dataset = try DatasetStore(folder: folder.path).open(
            EncodingRequest(
                source: .numpy(path: path),
                inputs: InputSettings(columns: [.init(column: "column1", encoding: .numeric(scale: .none), missing: missing)]),
                target: ColumnSettings(column: "column2", encoding: .numeric(scale: .none))))
        #expect(dataset.matrix == expected)
    }

    @Test func readsNamedArraysAndTheirParts() throws {
        let dataset = try Self.open(Self.parts, named: "digits.npz", target: ColumnSettings(column: "y", encoding: .label))
        #expect(dataset.summary.featureNames == ["x1", "x2", "x3", "x4"])
        #expect(dataset.matrix == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 9, 9, 9, 9, 9, 9, 9, 9])
        #expect(dataset.labels == [0, 1, 0, 1, 1])
        #expect((dataset.trainRows, dataset.testRows) == ([0, 1, 2], [3, 4]))
    }

    @Test(arguments: [
        (texts, "a.npy", "a.npy: it holds no plain numbers; write integers, booleans or floating-point numbers of 16, 32 or 64 bits"),
        (boolean, "a.npy", "a.npy has no column \"column2\"; did you mean \"column1\"? its columns are column1"),
        (String(float64.prefix(200)), "a.npy", "a.npy: its numbers are cut off"), ("AAAA", "a.npy", "a.npy: it is no .npy file"),
        (unequal, "a.npz", "a.npz: its arrays must have as many rows each; x1 has 3, y has 2"),
        (
            notANumber, "a.npy",
            "a.npy: error: found \"nan\" in the column \"column1\", where a number was expected (row 2); fill it in, drop the column, or say what stands for it: missing: drop, mean, most_frequent or a number"
        ),
    ])
    func saysWhatIsWrong(text: String, name: String, expected: String) throws {
        do {
            _ = try Self.open(text, named: name, target: Self.lastColumn)
            Issue.record("no error")
        } catch let error as DatasetError {
            #expect(error.description.replacing(/\S*\/a\.np/, with: "a.np") == expected)
        } catch let findings as Diagnostics {
            #expect(findings.rendered().replacing(/\S*\/a\.np/, with: "a.np").trimmingCharacters(in: .newlines) == expected)
        }
    }

    /// An array that is all of the inputs keeps its shape; columns of a table, and a choice of an array's, are a row of numbers.
    @Test func anArrayOfSeveralAxesKeepsItsShape() throws {
        let target = ColumnSettings(column: "y", encoding: .label)
        let images = try Self.open(Self.parts, named: "parts.npz", target: target)
        #expect(images.summary.inputShape == [2, 2])
        #expect(images.summary.featureCount == 4)
        #expect(images.row(0) == [0, 1, 2, 3])
        let others = try Self.open(Self.parts, named: "parts.npz", target: ColumnSettings(column: "x1", encoding: .numeric(scale: .none)))
        #expect(others.summary.inputShape == [4])
    }
}
