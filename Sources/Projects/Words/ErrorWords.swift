import Documents

/// An error of any module in words, for a log or a record.
public func words(of error: any Error) -> String {
    switch error {
    case let findings as Diagnostics: findings.rendered()
    case let refusal as Refusal: refusal.message.printable
    default: "\(error)".printable
    }
}
