import Documents
import Testing

/// Every way in which a text is not YAML has its own message, at the place where a person would look.
struct SyntaxErrorTests {
    @Test(arguments: [
        ("", "the file is empty"),
        ("  \n\n", "the file is empty"),
        ("# only words\n", "the file holds nothing but comments"),
        ("a: 1\n---\nb: 2\n", "2:1 a second document starts here | one file holds one document; remove this line"),
        ("training:\n\tepochs: 5\n", "2:1 a tab in the indentation | indent with spaces"),
        ("training:\n  a: 1\n\tepochs: 5\n", "3:1 a tab in the indentation | indent with spaces"),
        ("a: x\u{1}y\n", "1:5 control character U+0001 | remove it; inside \"…\" it may be written as an escape"),
        ("a: [1, 2\n", "1:4 this list is not closed | its \"]\" is missing"),
        ("a: [1, 2\nb: 3\n", "2:2 expected \",\" or \"]\" in the list that starts on line 1"),
        ("a: [", "1:5 the text ends where a value was expected | is a \"]\" or \"}\" missing?"),
        ("a: [1, ,]", "1:8 a value was expected here"),
        ("a: {b: 1\n", "1:4 this map is not closed | its \"}\" is missing"),
        ("a: {b: 1\nc: 3\n", "2:2 expected \",\" or \"}\" in the map that starts on line 1"),
        ("a: {b[1]: 1}\n", "1:6 \"[\" inside a word | a path such as model.layers[1] needs quotes between braces"),
        ("a: \"x\nb: 3\n", "1:4 this quoted text is not closed | its closing quote is missing"),
        ("a: 'x\n---\nb: 3\n", "1:4 this quoted text is not closed before the line \"---\" | its closing quote is missing"),
        ("*: {b: 1}\n", "1:1 \"*\" alone is no alias | write \"*\" in quotes"),
        ("a: &\n", "1:4 \"&\" needs a name behind it | text that starts with & needs quotes"),
        ("a: b: c\n", "1:5 a colon where no key can stand | check the indentation; text that holds \": \" needs quotes"),
        ("a: 1\nmodel\nb: 1\n", "2:1 a key without its colon | write it as \"key: value\""),
        ("a:\n  b: 1\n c: 2\n", "3:2 a key was expected here | the keys of one map start in the same column"),
        ("a:\n- 1\n  b: 2\n", "3:4 a colon where no key can stand | check the indentation; text that holds \": \" needs quotes"),
        ("a:\n  - 1\n  b: 2\n", "3:3 a list item was expected here | the items of one list start with \"- \" in the same column"),
        ("a: - 1\n", "1:4 a list item where none can stand | start the list on a line of its own, or write it as [a, b]"),
        ("a: @x\n", "1:4 \"@\" cannot start a value | put the text in quotes"),
        ("a: \"\\q\"\n", "1:5 unknown escape in \"…\" | write a backslash as \\\\, or use single quotes"),
        ("a: !!str 5\n", "1:4 the tag \"!!str\" is not understood | leave it out; quotes make text of a number"),
        ("? [a]\n: 1\n", "1:3 a list or map cannot be a key | a key is plain text"),
        ("a: *x\n", "1:4 unknown alias \"*x\" | text that starts with * needs quotes"),
        ("a: &base 1\nb: *bass\n", "2:4 unknown alias \"*bass\" | did you mean \"*base\"?"),
        ("a: &a [*a]\n", "1:8 the alias \"*a\" stands inside what it repeats"),
        ("a: 1\nb: 2\na: 3\n", "3:1 duplicate key \"a\" | it stands on line 1 already"),
        ("{a: 1, a: 2}\n", "1:8 duplicate key \"a\" | it stands on line 1 already"),
    ])
    func messages(text: String, expected: String) {
        #expect(parse(text).findings.brief == [expected])
    }

    @Test func duplicateKeysAreAllReportedAndTheFirstCounts() {
        let (node, findings) = parse("a: 1\na: 2\nb: {c: 1, c: 2}\n")
        #expect(findings.brief.count == 2)
        #expect(node?["a"]?.scalar?.text == "1")
    }

    @Test func nestingIsBounded() {
        let allowed = parse(String(repeating: "[", count: 64) + String(repeating: "]", count: 64))
        #expect(allowed.findings.all.isEmpty)
        let tooDeep = parse(String(repeating: "[", count: 500_000))
        #expect(tooDeep.findings.brief == ["1:66 lists and maps lie more than 64 deep in each other"])
    }

    @Test func nestingThroughAliasesIsBounded() {
        let forty = String(repeating: "[", count: 40)
        let text = "a: &a \(forty)\(String(repeating: "]", count: 40))\nb: \(forty)*a\(String(repeating: "]", count: 40))\n"
        #expect(parse(text).findings.brief == ["2:44 with this alias lists and maps lie more than 64 deep in each other"])
    }

    @Test func aliasBombsAreRefused() {
        var text = "a: &a [x, x, x, x, x, x, x, x, x]\n"
        for (name, last) in zip("bcdefghi", "abcdefgh") {
            text += "\(name): &\(name) [" + Array(repeating: "*\(last)", count: 9).joined(separator: ", ") + "]\n"
        }
        let found = parse(text).findings.brief
        #expect(found.count == 1)
        #expect(found.first?.hasSuffix("more than 100,000 values, aliases written out | is it the right file?") == true)
    }

    @Test func anAliasRepeatsItsValue() {
        let node = parse("a: &x {b: [1, two]}\nc: *x\n").node
        #expect(node?["c"].map(PlainValue.init) == node?["a"].map(PlainValue.init))
    }
}
