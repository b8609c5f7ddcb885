import Documents
import Testing

@Suite struct JSONTests {
    @Test(arguments: [
        #"{"a":[1,2.5,-3e-08],"b":{"c":null,"d":true,"e":false},"f":"Важность \"x\"\n\t\\"}"#, "[]", "{}", "-12", #""""#, "[[[]],{}]",
        "1e+300", "9007199254740993",
    ]) func whatIsWrittenReadsBack(text: String) throws {
        let value = try JSONValue(parsing: text)
        #expect(try JSONValue(parsing: value.prettyText) == value)
        #expect(try JSONValue(parsing: value.compactText) == value)
    }

    @Test func escapesAreRead() throws {
        #expect(try JSONValue(parsing: #""\u0041\ud83d\ude00\/\b\f""#).string == "A😀/\u{8}\u{C}")
    }

    @Test(arguments: [
        ("", "byte 0: expected a value"), ("{", "byte 1: expected a key in quotes"), ("[1,]", "byte 3: expected a value"),
        ("[1 2]", "byte 3: expected \",\" or \"]\""), ("{\"a\" 1}", "byte 5: expected \":\""),
        ("{\"a\":1,\"a\":2}", "byte 12: expected each key once"),
        ("tru", "byte 3: expected \"true\""), ("1.2.3", "byte 0: expected a number"), ("\"a", "byte 2: expected the end of a string"),
        ("1 2", "byte 2: expected the end of the file"), (#""\ud800""#, "byte 7: expected a surrogate pair"),
        ("-", "byte 0: expected a number"),
        (#""\u12"#, "byte 3: expected four hexadecimal digits"),
    ]) func garbageIsAnErrorWithItsPlace(text: String, message: String) {
        #expect { try JSONValue(parsing: text) } throws: { "\($0)" == message }
    }

    @Test func deepNestingIsRefused() {
        #expect(throws: JSONError.self) { try JSONValue(parsing: String(repeating: "[", count: 100_000)) }
    }

    @Test func invalidUTF8IsRefused() {
        #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22, 0xFF, 0x22]) }
    }

    @Test func objectsAreWrittenSortedAndIndented() throws {
        let value = try JSONValue(parsing: #"{"b":[1,2],"a":{"x":"y"},"c":[{"d":1.0}]}"#)
        #expect(
            value.prettyText == """
                {
                  "a": {
                    "x": "y"
                  },
                  "b": [1, 2],
                  "c": [
                    {
                      "d": 1.0
                    }
                  ]
                }
                """)
    }

    @Test func numbersThatJSONLacksAreStrings() throws {
        for value in [Double.infinity, -.infinity] {
            #expect(try JSONValue(parsing: JSONValue.number(value).compactText).double == value)
        }
        #expect(try JSONValue(parsing: JSONValue.number(.nan).compactText).double?.isNaN == true)
    }

    @Test func longTextsAreRefused() {
        let blank = [UInt8](repeating: 0x20, count: JSONValue.longest + 1)
        #expect { try JSONValue(parsing: blank) } throws: { "\($0)" == "byte 268435456: expected the end of the file" }
    }

    /// Slashes stay, control characters do not; a canonical text is the same wherever it was read from.
    @Test func theSameTreeGivesTheSameText() throws {
        let tree = PlainValue.map([
            .init("b", .list([.number(1), .number(0.1), .number(1e300), .integer(-7)])), .init("a/ж", .text("x/\u{1}\t\u{7F}")),
            .init("c", .map([])), .init("d", .list([.map([.init("z", .null), .init("y", .boolean(true))])])),
        ])
        let text = #"{"a/ж":"x/\u0001\t\#u{7F}","b":[1,0.1,1e+300,-7],"c":{},"d":[{"y":true,"z":null}]}"#
        #expect(tree.canonicalJSON == text)
        let read = try JSONValue(parsing: text)
        #expect(read.compactText == text)
        #expect(try JSONValue(parsing: tree.prettyJSON) == read)
        #expect(tree.prettyJSON.hasPrefix("{\n  \"b\": [1, 0.1, 1e+300, -7],\n  \"a/ж\""))
    }

    private static let nested = #"{"a": 1, "b": {"c": ["}", "\"]"], "b": 2} , "d": {"b": 3}}"#

    @Test func aMemberOfTheOutermostObjectMayBeReadLater() throws {
        let bytes = Array(Self.nested.utf8)
        let (object, left) = try JSONValue.object(parsing: bytes, leaving: "b")
        #expect(object == .object(["a": .integer(1), "d": .object(["b": .integer(3)])]))
        let range = try #require(left)
        #expect(try JSONValue(parsing: Array(bytes[range])) == JSONValue(parsing: Self.nested)["b"])
        #expect(try JSONValue.object(parsing: bytes, leaving: "c").left == nil)
    }

    @Test func membersAreToldAsTexts() throws {
        let members = try #require(JSONValue.memberTexts(of: Self.nested))
        #expect(members.map(\.key) == ["a", "b", "d"])
        #expect(members.map(\.text) == ["1", #"{"c": ["}", "\"]"], "b": 2}"#, #"{"b": 3}"#])
        #expect(JSONValue.memberTexts(of: "[1]")?.count == nil)
        #expect(JSONValue.memberTexts(of: #"{"a": {"b": 1}"#)?.count == nil)
    }
}
