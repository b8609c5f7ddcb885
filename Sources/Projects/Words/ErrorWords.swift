import Datasets
import Documents
import FileSystem
import RunStore
import Scheduling

/// An error of any module in words, for a log or a record.
public func words(of error: any Error) -> String {
    switch error {
    case let findings as Diagnostics: findings.rendered()
    case let refusal as Refusal: refusal.message.printable
    case let wanted as FeaturesWanted: Refusal(wanted).message.printable
    default: "\(error)".printable
    }
}

extension FailureCause {
    /// What is to blame for an error of a worker: the machine where a file could not be had, written or read; else the input.
    init(_ error: any Error) {
        switch error {
        case is StoreError, is FileFault: self = .circumstances
        case DatasetError.file: self = .circumstances
        default: self = .input
        }
    }
}
