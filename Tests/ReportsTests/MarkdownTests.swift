import Documents
import Reports
import Testing

/// Text from outside stands in a page as it is, and nothing in it is live.
@Suite struct MarkdownTests {
    @Test(arguments: [
        ("plain words, 0.5 and 12 %", "plain words, 0.5 and 12 %"), ("fixed_acidity", "fixed_acidity"), ("C++ - D", "C++ - D"),
        ("<unk>", "\\<unk\\>"), ("*star*", "\\*star\\*"), ("`tick`", "\\`tick\\`"), ("_private_", "\\_private\\_"), ("a\\|b", "a\\\\|b"),
        ("![x](y)", "!\\[x\\](y)"), ("[x](javascript:alert(1))", "\\[x\\](javascript:alert(1))"), ("<!-- x -->", "\\<!-- x --\\>"),
        ("&lt; &#60; R&D a & b", "\\&lt; \\&\\#60; R&D a & b"), ("# head #", "\\# head \\#"), ("- item", "\\- item"), ("-5", "-5"),
        ("---", "\\---"), ("1. first", "1\\. first"), ("2) second", "2\\) second"), ("1.5", "1.5"), ("~~gone~~", "\\~\\~gone\\~\\~"),
        ("$x^2$", "\\$x^2\\$"), ("https://a.b/c", "https\\://a.b/c"), ("WWW.a.b", "WWW\\.a.b"), ("me@here.org", "me@\u{2060}here.org"),
        ("me+@here.org", "me+@\u{2060}here.org"), ("at @ last @", "at @ last @"),
        ("two\nlines\tand a tab", "two lines and a tab"), ("  spaces  ", "spaces"), ("bell\u{7}", "bell\\\\u{7}"), ("", ""),
    ])
    func onlyWhatIsLiveIsMarked(_ text: String, expected: String) {
        #expect(text.asMarkdown == expected)
    }

    @Test func linesAreNoTables() {
        #expect("a | b\n:- | -:".asMarkdownLines == ["a \\| b", ":- \\| -:"])
    }

    @Test func pathsOfLinksHoldNothingLive() {
        #expect("a b](javascript:x) [c/d-1_2.md".asMarkdownPath == "a%20b%5D%28javascript%3Ax%29%20%5Bc/d-1_2.md")
    }

    @Test(arguments: [("a", "`a`"), ("a`b", "``a`b``"), ("`a`", "`` `a` ``"), ("a\nb", "`a b`"), ("``", "``` `` ```")])
    func codeSpansHoldBackticks(_ text: String, expected: String) {
        #expect(text.asMarkdownCode == expected)
    }

    @Test func blocksOfCodeEndWhereTheyShould() {
        #expect("a\n```\nb".asMarkdownBlock == "````\na\n```\nb\n````")
    }

    @Test(arguments: [
        ("red \u{1B}[31m", "red \\u{1B}[31m"), ("line\nfeed\ttab", "line\nfeed\ttab"), ("a\r\nb\rc", "a\nb\\u{D}c"),
        ("\u{202E}turned", "\\u{202E}turned"), ("\u{9B}2J", "\\u{9B}2J"), ("é 漢 🙂", "é 漢 🙂"),
    ])
    func terminalsAreNotActedUpon(_ text: String, expected: String) {
        #expect(text.printable == expected)
    }
}
