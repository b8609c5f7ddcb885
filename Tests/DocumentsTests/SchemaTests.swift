import Documents
import Foundation
import Testing

/// A small house, to try the schema language on.
private struct House: Hashable, Sendable {
    enum Roof: Hashable, Sendable {
        case flat
        case gable(degrees: Double)
    }

    var name: String?
    var floors: Int
    var rooms: [Double]
    var roof: Roof
    var isSold: Bool

    static let record = Record<House>(
        "house",
        planned: ["cellar": "dig it yourself"],
        Field(optional: "name", \.name, .text("name"), identifying: false, doc: "What it is called."),
        Field("floors", \.floors, .integer(.atLeast(1, upTo: 3)), misnomers: ["storeys"], doc: "Floors."),
        Field("rooms", \.rooms, .list(of: .number(.above(0))), default: [], doc: "Square metres | each."),
        Field(
            "roof", \.roof,
            .choice(
                "roof", Case("flat", Roof.flat, aliases: ["none"], doc: "No roof to speak of."),
                Case(
                    "gable",
                    Record<Double>(
                        "gable", Field("degrees", { $0 }, .number(.between(0, and: 90)), default: 45, doc: "How steep."), build: { $0 }
                    ).schema,
                    doc: "Two planes.", make: Roof.gable(degrees:), get: { if case .gable(let degrees) = $0 { degrees } else { nil } })),
            default: .flat, doc: "The roof."),
        Field("sold", \.isSold, .boolean, default: false, doc: "Whether it is sold."),
        build: House.init)
}

struct SchemaTests {
    private func decode(_ text: String) -> (House?, [String]) {
        let (node, findings) = parse(text)
        guard let node else { return (nil, findings.brief) }
        var decoding = Decoding("the file", findings: findings)
        let house = House.record.schema.decode(node, &decoding)
        return (house, decoding.findings.brief)
    }

    @Test func aWholeRecord() {
        let (house, errors) = decode("{name: Rose, floors: 2, rooms: [12.5, 1e1], roof: {gable: {degrees: 30}}, sold: true}")
        #expect(errors.isEmpty)
        #expect(house == House(name: "Rose", floors: 2, rooms: [12.5, 10], roof: .gable(degrees: 30), isSold: true))
    }

    @Test func defaultsFillWhatIsMissing() {
        #expect(decode("floors: 1").0 == House(name: nil, floors: 1, rooms: [], roof: .flat, isSold: false))
        #expect(decode("{floors: 1e0, roof: gable}").0?.roof == .gable(degrees: 45))
        #expect(decode("{floors: 1, roof: none, name: ~}").0?.roof == .flat)
    }

    @Test(arguments: [
        ("[]", ["1:1 the file must be a map of keys and values, found a list"]),
        ("{}", ["1:1 missing key \"floors\" in house | add \"floors: …\", a whole number"]),
        ("floors: 4", ["1:9 floors must be between 1 and 3, found 4"]),
        ("floors: 1.5", ["1:9 floors must be a whole number, found 1.5"]),
        ("floors:", ["1:8 floors must be a whole number, found nothing"]),
        ("floors: '2'", ["1:9 floors must be a whole number, found \"2\" | leave out the quotes"]),
        ("floors: 1_0", ["1:9 floors must be a whole number, found \"1_0\" | write it without separators: 10"]),
        ("floors: [1]", ["1:9 floors must be a whole number, found a list"]),
        ("floors: 1e30", ["1:9 floors must be a whole number, found 1e30"]),
        ("{floors: 1, rooms: [1, 0, x]}", ["1:24 rooms[1] must be above 0, found 0", "1:27 rooms[2] must be a number, found \"x\""]),
        ("{floors: 1, rooms: .inf}", ["1:20 rooms must be a list, found .inf | write [.inf]"]),
        ("{floors: 1, rooms: [.inf]}", ["1:21 rooms[0] must be a finite number, found .inf"]),
        ("{floors: 1, sold: yes}", ["1:19 sold must be true or false, found \"yes\" | write true"]),
        ("{floors: 1, sold: Off}", ["1:19 sold must be true or false, found \"Off\" | write false"]),
        (
            "{storeys: 1}", ["1:2 unknown key \"storeys\" in house | did you mean \"floors\"? known keys: floors, name, roof, rooms, sold"]
        ),
        (
            "{cellars: 1}",
            [
                "1:1 missing key \"floors\" in house | add \"floors: …\", a whole number",
                "1:2 unknown key \"cellars\" in house | known keys: floors, name, roof, rooms, sold",
            ]
        ),
        ("{floors: 1, cellar: 2}", ["1:13 \"cellar\" in house is not available yet | dig it yourself"]),
        ("{floors: 1, roof: gabel}", ["1:19 unknown roof \"gabel\" | did you mean \"gable\"?"]),
        ("{floors: 1, roof: 7}", ["1:19 unknown roof \"7\" | known roofs: flat, gable"]),
        ("{floors: 1, roof: {degrees: 7}}", ["1:20 unknown roof \"degrees\" | name the roof first, such as {gable: {degrees: …}}"]),
        ("{floors: 1, roof: {flat: {x: 1}}}", ["1:26 roof \"flat\" takes no settings | write just flat"]),
        ("{floors: 1, roof: {flat: , gable: }}", ["1:28 roof must be one roof, found flat and gable | keep one of them"]),
        ("{floors: 1, roof: []}", ["1:19 roof must be a roof, found a list | one of flat, gable"]),
        (
            "{floors: 0, roof: {gable: {degrees: 90, x: 1}}}",
            [
                "1:10 floors must be between 1 and 3, found 0",
                "1:37 degrees must be above 0 and below 90, found 90",
                "1:41 unknown key \"x\" in gable | known keys: degrees",
            ]
        ),
    ])
    func errorsComeTogether(text: String, expected: [String]) {
        let (house, errors) = decode(text)
        #expect(errors == expected)
        #expect(house == nil)
    }

    @Test func whatIsEncodedDecodesToTheSame() throws {
        let houses = [
            House(name: "A: b", floors: 3, rooms: [0.1, 1e-300], roof: .gable(degrees: 89.99), isSold: true),
            House(name: nil, floors: 1, rooms: [], roof: .flat, isSold: false),
        ]
        for house in houses {
            let value = House.record.schema.encode(house)
            for text in [value.flowText, value.canonicalJSON, value.prettyJSON] { #expect(decode(text).0 == house, "\(text)") }
        }
    }

    @Test func namesDoNotCountForIdentity() {
        let house = House(name: "Rose", floors: 1, rooms: [], roof: .flat, isSold: false)
        #expect(
            House.record.schema.encode(house, for: .identity).canonicalJSON
                == "{\"floors\":1,\"roof\":\"flat\",\"rooms\":[],\"sold\":false}")
    }

    @Test func theSchemaDescribesItselfToEditors() throws {
        let text = House.record.shape.jsonSchema().prettyJSON
        let schema = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let properties = try #require(schema["properties"] as? [String: [String: Any]])
        #expect(Set(properties.keys) == ["name", "floors", "rooms", "roof", "sold"])
        #expect(schema["required"] as? [String] == ["floors"])
        #expect(schema["additionalProperties"] as? Bool == false)
        #expect(properties["floors"]?["maximum"] as? Int == 3)
        #expect(properties["roof"]?["default"] as? String == "flat")
        #expect(House.record.shape.jsonSchema(gaps: true).canonicalJSON.contains("\"required\":[\"floors\"]") == false)
    }

    @Test func theSchemaDescribesItselfToPeople() {
        #expect(
            House.record.shape.markdownReference == """
                | key | value | default | meaning |
                |:--|:--|:--|:--|
                | `name` | a name | – | What it is called. |
                | `floors` | a whole number, between 1 and 3 | required | Floors. |
                | `rooms` | list of: a number, above 0 | `[]` | Square metres \\| each. |
                | `roof` | one of flat, gable | `flat` | The roof. |
                | `roof.flat` | – | – | No roof to speak of. |
                | `roof.gable` | map | – | Two planes. |
                | `roof.gable.degrees` | a number, above 0 and below 90 | `45` | How steep. |
                | `sold` | true or false | `false` | Whether it is sold. |

                """)
    }

    // MARK: - Merging and paths

    private func merged(_ lower: String, _ upper: String) -> String? {
        guard let one = parse(lower).node, let other = parse(upper).node else { return nil }
        return PlainValue(one.overlaid(with: other, as: House.record.schema.shape)).flowText
    }

    @Test(arguments: [
        ("{floors: 1, sold: true}", "{floors: 2}", "{floors: 2, sold: true}"),
        ("{rooms: [1, 2]}", "{rooms: [3]}", "{rooms: [3]}"),
        ("{roof: {gable: {degrees: 3}}}", "{roof: flat}", "{roof: flat}"),
        ("{roof: flat}", "{roof: {gable: {degrees: 3}}}", "{roof: {gable: {degrees: 3}}}"),
        ("{roof: {gable: {degrees: 3, old: 1}}}", "{roof: {gable: {degrees: 4}}}", "{roof: {gable: {degrees: 4, old: 1}}}"),
        ("{roof: {gable: {degrees: 3}}}", "{roof: gable}", "{roof: {gable: {degrees: 3}}}"),
        ("{name: a}", "{name: ~}", "{name: null}"),
        ("{a: 1}", "{}", "{a: 1}"),
    ])
    func merging(lower: String, upper: String, expected: String) {
        #expect(merged(lower, upper) == expected)
    }

    @Test(arguments: [
        ("floors", "2", "{floors: 2, roof: {gable: {degrees: 3}}, rooms: [5, 6]}"),
        ("rooms[1]", "7", "{floors: 1, roof: {gable: {degrees: 3}}, rooms: [5, 7]}"),
        ("roof.degrees", "4", "{floors: 1, roof: {gable: {degrees: 4}}, rooms: [5, 6]}"),
        ("roof.gable.degrees", "4", "{floors: 1, roof: {gable: {degrees: 4}}, rooms: [5, 6]}"),
        ("roof", "flat", "{floors: 1, roof: flat, rooms: [5, 6]}"),
        ("sold", "true", "{floors: 1, roof: {gable: {degrees: 3}}, rooms: [5, 6], sold: true}"),
    ])
    func settingByPath(path: String, value: String, expected: String) throws {
        let (changed, errors) = try set(path, to: value)
        #expect(errors.isEmpty)
        #expect(changed == expected)
    }

    @Test(arguments: [
        ("floor", "1:1 unknown setting \"floor\" in house | did you mean \"floors\"? known keys: floors, name, roof, rooms, sold"),
        ("rooms[2]", "1:6 rooms[2] does not exist | there are rooms[0] to rooms[1]"),
        ("rooms.kitchen", "1:7 nothing in rooms has the name \"kitchen\" | name one of rooms, or write rooms[0] to rooms[1]"),
        ("floors.x", "1:8 floors is a whole number, it has no setting \"x\""),
        ("floors[0]", "1:7 floors is no list, it has no position [0]"),
        ("roof.width", "1:6 unknown setting \"width\" in gable | known keys: degrees"),
        ("roof.flat.x", "1:6 the roof is gable here, not flat | replace it as a whole: roof: {flat: {…}}"),
    ])
    func pathsThatLeadNowhere(path: String, expected: String) throws {
        let (changed, errors) = try set(path, to: "1")
        #expect(errors == [expected])
        #expect(changed == nil)
    }

    private func set(_ path: String, to value: String) throws -> (String?, [String]) {
        let tree = try #require(parse("{floors: 1, roof: {gable: {degrees: 3}}, rooms: [5, 6]}").node)
        let node = try #require(parse(value).node)
        let source = Source(name: "path", text: path)
        let place = Place(
            source: source, start: .init(line: 1, scalars: 0), end: .init(line: 1, scalars: path.unicodeScalars.count))
        var decoding = Decoding("house")
        let changed = tree.setting(
            try #require(SettingPath(path)), to: node, as: House.record.schema.shape, pathPlace: place, &decoding)
        return (changed.map { PlainValue($0).flowText }, decoding.findings.brief)
    }

    @Test(arguments: ["", ".", "a.", ".a", "a..b", "a[", "a[]", "a[x]", "a[-1]", "a[1", "a]1[", "[1]", "a[99999999999999999999]", "a[+1]"])
    func textsThatAreNoPaths(text: String) {
        #expect(SettingPath(text) == nil)
    }

    @Test(arguments: ["a", "a.b", "a[0]", "a.b[12][3].c", "inputs.fixed acidity.scale", "inputs.*.scale"])
    func pathsReadBackAsTheyWere(text: String) {
        #expect(SettingPath(text)?.text == text)
    }

    @Test func flattening() throws {
        let node = try #require(parse("{floors: 1, roof: {gable: {degrees: 3}}, rooms: [5, 6], more: {x: {y: 1}}}").node)
        let rows = PlainValue(node).flattened(as: House.record.schema.shape).map { "\($0.path) = \($0.text)" }
        #expect(rows == ["floors = 1", "roof = gable", "roof.degrees = 3", "rooms = [5, 6]", "more.x.y = 1"])
    }
}
