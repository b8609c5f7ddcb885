// Reads many damaged files, one after the other, in a process that may die of it: fuzz-driver KIND FOLDER FIRST COUNT.
//
// Each case is known by its number alone: the same number gives the same bytes, if the folder, which must be new, was empty. The number goes to standard
// output before the case begins, so that whoever started this process knows what ended it: a trap, the clock (SIGPROF), or memory that was refused.

import Foundation
import Projects
import TestSupport

guard CommandLine.arguments.count == 5, let make = subjects[CommandLine.arguments[1]], let first = Int(CommandLine.arguments[3]),
    let count = Int(CommandLine.arguments[4]), first >= 0, count >= 0
else {
    print("usage: fuzz-driver KIND FOLDER FIRST COUNT, with one of the kinds \(subjects.keys.sorted().joined(separator: ", "))")
    exit(2)
}
let subject: any Subject
do { subject = try make(CommandLine.arguments[2]) } catch {
    FileHandle.standardError.write(Data("the files that are to be changed cannot be read themselves: \(words(of: error))\n".utf8))
    exit(2)
}
Bounds.take()
var accepted = 0
for number in first..<first + count {
    Bounds.begin(number)
    var mutator = Mutator(seed: number)
    do {
        do {
            try subject.read(&mutator)
            accepted += 1
        } catch let error where !(error is Finding) {
            try checkWords(of: error)
            if count == 1 { print(words(of: error)) }
        }
    } catch {
        FileHandle.standardError.write(Data("\(error)\n".utf8))
        exit(3)
    }
}
print("read \(accepted) of \(count), peak \(Bounds.peak >> 20) MB")

/// What the user would see must be text of a bearable length that moves no cursor.
func checkWords(of error: any Error) throws {
    let text = words(of: error)
    if text.isEmpty { throw Finding("an error without words") }
    if text.utf8.count > 100_000 { throw Finding("an error of \(text.utf8.count) bytes: \(text.prefix(200))") }
    if let scalar = text.unicodeScalars.first(where: { $0.properties.generalCategory == .control && $0 != "\n" && $0 != "\t" }) {
        throw Finding("an error with the control character \(scalar.value): \(text.prefix(200))")
    }
}
