package import LedgerDomain
import LedgerEngine
import LedgerStorage
import RedemptionTokens
import StatementFormats

extension ServiceError {
    /// What a client outside is told.
    package struct Answer: Equatable, Sendable {
        package enum Kind: Equatable, Sendable {
            /// The ledger said no.
            case refused
            case notFound
            /// What was sent cannot be meant.
            case invalid
            /// Another try in a moment may do.
            case busy
            /// What whoever asked had seen is not so any more.
            case changed
            /// Another try before so many seconds will not do.
            case tooOften(seconds: Int)
        }

        package var kind: Kind
        /// What programs go by; it never changes.
        package var code: String
        package var sentence: Sentence
        /// The event that records it, where one does.
        package var event: UInt64?
    }

    /// What a client is told; `nil` for what only the machine's own people can do something about.
    package var answer: Answer? {
        switch self {
        case .refused(let refusal, let event):
            Answer(kind: .refused, code: refusal.code, sentence: refusal.sentence, event: event)
        case .keyReused(let event), .fault(.keyReused(let event)):
            Answer(
                kind: .refused, code: "key.reused",
                sentence: Sentence(
                    "这个幂等键已用于另一条命令，其答复是第 \(event) 号事件",
                    "This key was used for another command, whose answer is event \(event). Use a new key."))
        case .token(let refusal):
            Answer(
                kind: .refused, code: refusal.code, sentence: Sentence(refusal.chinese, refusal.english))
        case .wrongCode:
            Answer(
                kind: .refused, code: "token.code",
                sentence: Sentence(
                    "数字码不对或已过期，请持券人刷新", "The code is wrong or out of date. Ask for a fresh one."))
        case .notFound(let kind, let name):
            Answer(
                kind: .notFound, code: "not-found",
                sentence: name.isEmpty
                    ? Sentence("没有\(kind.name.chinese)", "There is no \(kind.name.english).")
                    : Sentence("没有\(kind.name.chinese) \(name)", "There is no \(kind.name.english) \(name)."))
        case .invalid(let reason):
            Answer(kind: .invalid, code: "invalid", sentence: Sentence("请求有误：\(reason)", reason))
        case .rows(let faults):
            Answer(
                kind: .invalid, code: "file",
                sentence: Sentence("文件有误，没有取用任何一行：\n\(faults)", "Nothing was taken from the file:\n\(faults)")
            )
        case .tooOften(let until, let now):
            ServiceError.tooOften(max(1, Int((until.microseconds - now.microseconds) / Instant.second) + 1))
        case .notConfirmed:
            Answer(
                kind: .refused, code: "real-name.not-confirmed",
                sentence: Sentence(
                    "姓名、证件号和手机号不一致，请核对，或到服务点登记",
                    "Name, number and phone do not go together. Check them, or register at a service point."))
        case .practiceOnly(let what):
            Answer(
                kind: .invalid, code: "practice-only",
                sentence: Sentence("\(what) 只用于演练账本", "\(what) is for practice ledgers (演练) only."))
        case .fault(.busy), .storage(.busy):
            Answer(
                kind: .busy, code: "busy",
                sentence: Sentence("等待的请求太多，请稍后再试", "Too much is waiting. Try again in a moment."))
        case .fault(.changed):
            Answer(
                kind: .changed, code: "changed",
                sentence: Sentence("您看过之后它已有改动，请重新查看", "It was changed since you looked. Look again."))
        case .fault(.stopped):
            Answer(kind: .busy, code: "stopping", sentence: Sentence("服务正在停止", "The server is stopping."))
        case .fault(.storage(.outcomeUnknown)), .storage(.outcomeUnknown):
            Answer(
                kind: .busy, code: "outcome-unknown",
                sentence: Sentence(
                    "结果不明，请用同一个 Idempotency-Key 重试",
                    "It is not known whether this was done. Send it again with the same key."))
        case .fault(.clockBehind):
            Answer(
                kind: .busy, code: "clock",
                sentence: Sentence(
                    "请求等待过久或系统时钟落后，请重试",
                    "It waited too long, or the computer's clock is behind the ledger's. Try again."))
        case .fault, .storage, .seal, .unsound: nil
        }
    }

    private static func tooOften(_ seconds: Int) -> Answer {
        Answer(
            kind: .tooOften(seconds: seconds), code: "access.too-often",
            sentence: Sentence(
                "过于频繁，或失败次数过多，请 \(seconds) 秒后再试",
                "Too often, or too much has failed. Try again in \(seconds) seconds."))
    }
}
