/// What libyaml says about a text that is not YAML, and our words for it.
struct SyntaxProblem {
    /// libyaml's finding, such as `did not find expected ',' or ']'`.
    let problem: String
    /// What it was doing, such as `while parsing a flow sequence`.
    let context: String
    /// Where it noticed.
    let mark: Place.Mark
    /// Where the thing begins that it was reading.
    let contextMark: Place.Mark

    func diagnostic(in source: Source) -> Diagnostic {
        let culprit = character(at: mark, in: source)
        func say(_ message: String, help: String? = nil, at place: Place.Mark? = nil) -> Diagnostic {
            let start = (place ?? mark).clamped(to: source)
            return Diagnostic(
                message, at: Place(source: source, start: start, end: Place.Mark(line: start.line, scalars: start.scalars + 1)), help: help)
        }
        let atEnd = mark.line > source.lines.count || (mark.line == source.lines.count && culprit == nil)

        switch problem {
        case "found character that cannot start any token" where culprit == "\t",
            "found a tab character where an indentation space is expected", "found a tab character that violates indentation":
            return say("a tab in the indentation", help: "indent with spaces")
        case "found character that cannot start any token":
            return say("\"\(culprit.map(String.init) ?? "")\" cannot start a value", help: "put the text in quotes")
        case "mapping values are not allowed in this context":
            return say("a colon where no key can stand", help: "check the indentation; text that holds \": \" needs quotes")
        case "mapping keys are not allowed in this context":
            return say("a key where none can stand", help: "check the indentation")
        case "block sequence entries are not allowed in this context":
            return say("a list item where none can stand", help: "start the list on a line of its own, or write it as [a, b]")
        case "could not find expected ':'":
            return say("a key without its colon", help: "write it as \"key: value\"", at: contextMark)
        case "did not find expected key":
            return say("a key was expected here", help: "the keys of one map start in the same column")
        case "did not find expected '-' indicator":
            return say("a list item was expected here", help: "the items of one list start with \"- \" in the same column")
        case "did not find expected ',' or ']'" where atEnd:
            return say("this list is not closed", help: "its \"]\" is missing", at: contextMark)
        case "did not find expected ',' or '}'" where atEnd:
            return say("this map is not closed", help: "its \"}\" is missing", at: contextMark)
        case "did not find expected ',' or ']'" where culprit == "[", "did not find expected ',' or '}'" where culprit == "[":
            return say("\"[\" inside a word", help: "a path such as model.layers[1] needs quotes between braces")
        case "did not find expected ',' or ']'":
            return say("expected \",\" or \"]\" in the list that starts on line \(contextMark.line)")
        case "did not find expected ',' or '}'":
            return say("expected \",\" or \"}\" in the map that starts on line \(contextMark.line)")
        case "did not find expected node content" where atEnd:
            return say("the text ends where a value was expected", help: "is a \"]\" or \"}\" missing?")
        case "did not find expected node content":
            return say("a value was expected here")
        case "found unexpected end of stream" where context == "while scanning a quoted scalar":
            return say("this quoted text is not closed", help: "its closing quote is missing", at: contextMark)
        case "found unexpected document indicator" where context == "while scanning a quoted scalar":
            return say("this quoted text is not closed before the line \"---\"", help: "its closing quote is missing", at: contextMark)
        case "did not find expected alphabetic or numeric character" where context.hasSuffix("an alias"):
            return say("\"*\" alone is no alias", help: "write \"*\" in quotes", at: contextMark)
        case "did not find expected alphabetic or numeric character":
            return say("\"&\" needs a name behind it", help: "text that starts with & needs quotes", at: contextMark)
        case "found unknown escape character":
            return say("unknown escape in \"…\"", help: "write a backslash as \\\\, or use single quotes")
        case "did not find expected <document start>":
            return say("text where the document has ended", help: "check the indentation of what stands above")
        default:
            return say("this is not YAML: \(problem)\(context.isEmpty ? "" : " \(context)")")
        }
    }

    private func character(at mark: Place.Mark, in source: Source) -> Unicode.Scalar? {
        source.line(mark.line).unicodeScalars.dropFirst(mark.scalars).first
    }
}

extension Place.Mark {
    /// Where the text ends libyaml names a line that is not there.
    fileprivate func clamped(to source: Source) -> Place.Mark {
        line <= source.lines.count
            ? self : Place.Mark(line: source.lines.count, scalars: source.line(source.lines.count).unicodeScalars.count)
    }
}
