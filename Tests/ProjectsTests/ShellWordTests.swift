import Projects
import Testing

@Suite struct ShellWordTests {
    @Test(arguments: [
        ("wine-baseline", "wine-baseline"), ("a b", "'a b'"), ("it's", "'it'\\''s'"), ("", "''"), ("a\nb", "$'a\\nb'"),
        ("\u{1B}[1m", "$'\\x1b[1m'"),
        ("training.epochs=5", "training.epochs=5"), ("Важность.yaml", "Важность.yaml"),
    ])
    func aTextBecomesOneWordOnOneLine(text: String, word: String) {
        #expect(text.shellWord == word)
    }
}
