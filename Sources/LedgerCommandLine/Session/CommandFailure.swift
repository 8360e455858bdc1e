import ArgumentParser
import Foundation
import LedgerBootstrap
import LedgerDomain
import LedgerService
import OfflineTill
import RedemptionTokens
import StatementFormats

/// How a command ended when it did not do what was asked, with the exit code that scripts see.
struct CommandFailure: Error {
    enum Status: Int32 {
        /// The input cannot be meant: the same as a mistyped option.
        case usage = 64
        /// The ledger said no.
        case refused = 3
        /// The machine could not do it.
        case fault = 4
        /// What was to be verified is not what it should be.
        case unverified = 5
    }

    var status: Status
    var code: String
    var message: String

    init(_ status: Status, _ code: String, _ message: String) {
        self.status = status
        self.code = code
        self.message = message
    }

    /// A failure that is told in both languages.
    private init(_ status: Status, _ code: String, _ sentence: Sentence) {
        self.init(status, code, "\(sentence.chinese)。\n\(sentence.english) [\(code)]")
    }

    static func usage(_ message: String) -> CommandFailure {
        CommandFailure(.usage, "usage", message)
    }

    /// The failure that an error of any layer amounts to.
    init(_ error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure
        case let error as ValidationError: self = .usage(error.message)
        case let error as DataFolderError: self.init(.fault, "data-folder", error.sentence)
        case let error as ServiceError: self.init(error)
        case let error as TillRefusal: self.init(.refused, error.code, error.sentence)
        case let error as TillFault: self.init(.fault, error.code, error.sentence)
        case let error as TillSyncRefusal: self.init(.refused, error.code, error.sentence)
        case let error as TillCancelRefusal: self.init(.refused, error.code, error.sentence)
        case let error as TillRecordRefusal: self.init(.refused, error.code, error.sentence)
        case let error as RowFaults:
            self.init(.usage, "file", "Nothing was taken from the file:\n\(error.description)")
        case let error as RestoreError: self.init(.refused, "restore.events-missing", error.sentence)
        case let failure as PublishedLog.Failure: self.init(.fault, "log", failure.description)
        case let error as AuditFault:
            if case .unreadable = error {
                self.init(.fault, error.code, error.sentence)
            } else {
                self.init(.unverified, error.code, error.sentence)
            }
        case let error as LotteryFault: self.init(.unverified, "lottery", error.description)
        case let error as ProgrammeFileError:
            self.init(.usage, "rule-file", "The file cannot be used:\n\(error.description)")
        default: self.init(.fault, "fault", (error as NSError).localizedDescription)
        }
    }

    private init(_ answer: ServiceError.Answer?) {
        switch answer {
        case .some(let answer) where answer.kind == .refused:
            self.init(.refused, answer.code, answer.sentence)
        case .some(let answer): self.init(.usage, answer.code, answer.sentence.english)
        case nil: self.init(.fault, "fault", "The machine could not answer.")
        }
    }

    private init(_ error: ServiceError) {
        switch error {
        case .refused(let refusal, let event):
            let sentence = refusal.sentence
            self.init(
                .refused, refusal.code,
                "\(sentence.chinese)。\n\(sentence.english) [\(refusal.code)\(event.map { ", event \($0)" } ?? "")]"
            )
        case .fault(let fault): self.init(.fault, "fault", fault.sentence)
        case .storage(let error): self.init(.fault, "storage", error.sentence)
        case .seal:
            self.init(
                .fault, "sealed-data",
                "Sealed personal data cannot be opened: the key is another one or the vault is damaged. "
                    + "Restore key and vault from the same backup.")
        case .rows(let faults): self.init(faults)
        case .unsound(let what): self.init(.fault, "unsound", "The book contradicts itself: \(what)")
        case .keyReused, .token, .wrongCode, .notFound, .notConfirmed, .practiceOnly,
            .invalid, .tooOften:
            self.init(error.answer)
        }
    }
}
