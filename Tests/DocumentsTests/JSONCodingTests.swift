import Documents
import Foundation
import Testing

/// Types that say how they are encoded, as JSON and back.
@Suite struct JSONCodingTests {
    struct Part: Codable, Hashable {
        enum Kind: String, Codable { case small, large }
        enum Choice: Codable, Hashable {
            case none
            case one(Int)
            case both(left: Double, right: [String]?)
        }

        var kind = Kind.small
        var choice = Choice.none
        var whole = 3
        var byte: UInt8 = 255
        var single: Float = 0.1
        var double = 0.1
        var name: String?
        var isSet = true
        var list: [Choice] = []
        var table: [String: [Int]] = [:]
        var parts: [Part] = []
    }

    static let parts: [Part] = [
        Part(),
        Part(kind: .large, choice: .one(-1), whole: .min, byte: 0, single: .infinity, double: -.infinity, name: "ж/\"\n", isSet: false),
        Part(
            choice: .both(left: 5e-324, right: ["", "a"]), list: [.none, .one(1), .both(left: 1, right: nil)],
            table: ["a": [], "b": [1, 2]]),
        Part(parts: [Part(), Part(whole: 9_007_199_254_740_993)]),
    ]

    @Test(arguments: parts)
    func whatIsEncodedIsDecodedAsTheSame(part: Part) throws {
        let value = try JSONValue(encoding: part)
        #expect(try value.decoded() == part)
        for text in [value.compactText, value.prettyText] { #expect(try JSONValue(parsing: text).decoded() == part) }
    }

    /// What another encoder wrote, as files of earlier versions.
    @Test(arguments: parts.filter { $0.single.isFinite })
    func whatFoundationWroteIsDecoded(part: Part) throws {
        #expect(try JSONValue(parsing: [UInt8](JSONEncoder().encode(part))).decoded() == part)
        #expect(try JSONDecoder().decode(Part.self, from: Data(JSONValue(encoding: part).compactText.utf8)) == part)
    }

    @Test func theTextIsOfSortedKeys() throws {
        #expect(
            try JSONValue(encoding: Part(choice: .both(left: .nan, right: nil), list: [.one(2)])).compactText == """
                {"byte":255,"choice":{"both":{"left":"nan"}},"double":0.1,"isSet":true,"kind":"small","list":[{"one":{"_0":2}}],"parts":[],\
                "single":0.10000000149011612,"table":{},"whole":3}
                """)
    }

    @Test(arguments: [
        (#"{}"#, ""), (#"[]"#, ""), (#"{"kind":"huge"}"#, "kind"), (#"{"kind":"small","choice":{"none":{}},"whole":1.5}"#, "whole"),
        (#"{"kind":"small","choice":{"none":{}},"whole":1,"byte":256}"#, "byte"),
        (#"{"kind":"small","choice":{"none":{}},"whole":1,"byte":1,"single":"x"}"#, "single"),
        (#"{"kind":"small","choice":{"one":{"_0":"1"}}}"#, "choice.one._0"),
    ])
    func whatDoesNotFitIsAnErrorWithItsPlace(text: String, place: String) throws {
        let error = try #require(throws: DecodingError.self) { try JSONValue(parsing: text).decoded(as: Part.self) }
        let context: DecodingError.Context? =
            switch error {
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context), .dataCorrupted(let context):
                context
            @unknown default: nil
            }
        #expect(context?.codingPath.map(\.stringValue).joined(separator: ".") == place)
    }

    @Test func whatJSONCannotHoldIsRefused() {
        #expect(throws: EncodingError.self) { try JSONValue(encoding: ["a": UInt64.max]) }
    }
}
