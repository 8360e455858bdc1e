import Foundation
package import LedgerDomain

/// What keeps a till from working although nobody did anything wrong at it; each case tells a person what to
/// do. The path of the file or folder comes with it.
package enum TillFault: Error, Equatable, Sendable {
    /// There is no till here.
    case missing(String)
    /// There is a till here already.
    case exists(String)
    /// An enrolment was begun here and did not end.
    case notEnrolled(String)
    /// Another process works with this till.
    case inUse(String)
    case keyMissing(String)
    /// Others than its owner may read the key.
    case keyExposed(String)
    /// The key has not 32 bytes.
    case keyDamaged(String)
    case packMissing(String)
    case packUnusable(String, TillPackError)
    /// The pack is another outlet's than the till.
    case packForeign(String)
    /// No journal of a till, or one of a newer version.
    case journalForeign(String)
    /// A whole frame does not open: it was altered, moved or taken out. Frames count from zero.
    case journalDamaged(String, frame: UInt64)
    /// A frame opens and says what this version does not understand.
    case journalNotUnderstood(String, frame: UInt64)
    case diskFull(String)
    case cannotRead(String, reason: String)
    case cannotWrite(String, reason: String)

    /// A write that failed with an error number of the system.
    static func writing(_ path: String, errno number: Int32) -> TillFault {
        switch number {
        case ENOSPC, EDQUOT, EFBIG: .diskFull(path)
        default: .cannotWrite(path, reason: String(cString: strerror(number)))
        }
    }
}

extension TillFault {
    /// The stable code that machines see, such as `till.disk-full`.
    package var code: String { entry.code }
    /// What happened and what to do.
    package var sentence: Sentence { entry.sentence }

    private typealias Entry = (code: String, sentence: Sentence)

    private var entry: Entry { folderEntry ?? journalEntry ?? diskEntry }

    private var folderEntry: Entry? {
        switch self {
        case .missing(let path):
            ("till.missing", Sentence("\(path) 没有收银机数据，请先登记", "There is no till at \(path). Enrol it first."))
        case .exists(let path):
            (
                "till.exists",
                Sentence("\(path) 已有收银机数据", "There is a till at \(path) already. Choose another folder.")
            )
        case .notEnrolled(let path):
            (
                "till.not-enrolled",
                Sentence("\(path) 的登记没有完成，请重新登记", "The enrolment at \(path) did not end. Enrol it again.")
            )
        case .inUse(let path):
            (
                "till.in-use",
                Sentence("\(path) 正被另一个程序使用", "\(path) is in use by another process. Stop that one first.")
            )
        case .keyMissing(let path):
            (
                "till.key-missing",
                Sentence(
                    "密钥文件 \(path) 不见了，没有它无法读取记录",
                    "The key file \(path) is missing; the journal cannot be read without it.")
            )
        case .keyExposed(let path):
            (
                "till.key-exposed",
                Sentence(
                    "他人可读取密钥文件 \(path)，请执行 chmod 600",
                    "Others may read the key file \(path). Do: chmod 600 \(path)")
            )
        case .keyDamaged(let path):
            (
                "till.key-damaged",
                Sentence("密钥文件 \(path) 已损坏", "The key file \(path) is damaged: it has not 32 bytes.")
            )
        default: nil
        }
    }

    private var journalEntry: Entry? {
        switch self {
        case .packMissing(let path):
            (
                "till.pack-missing",
                Sentence("更新包 \(path) 不见了，请放回一份", "The pack \(path) is missing. Put a fresh one there.")
            )
        case .packUnusable(let path, let error):
            (
                "till.pack-unusable",
                Sentence(
                    "更新包 \(path) 无法使用，请放回一份：\(error.sentence.chinese)",
                    "Put a fresh pack at \(path). \(error.sentence.english)")
            )
        case .packForeign(let path):
            (
                "till.pack-foreign",
                Sentence(
                    "更新包 \(path) 属于另一家门店，请换成本店的",
                    "The pack \(path) is another outlet's. Put this outlet's there.")
            )
        case .journalForeign(let path):
            (
                "till.journal-foreign",
                Sentence(
                    "\(path) 不是本版本的交易记录，未作改动", "\(path) is no journal of this version. Nothing was changed.")
            )
        case .journalDamaged(let path, let frame):
            (
                "till.journal-damaged",
                Sentence(
                    "交易记录 \(path) 的第 \(frame) 帧已损坏，未作改动，请从备份恢复",
                    "Frame \(frame) of the journal \(path) is damaged. Nothing was changed. Restore it from a backup."
                )
            )
        case .journalNotUnderstood(let path, let frame):
            (
                "till.journal-not-understood",
                Sentence(
                    "交易记录 \(path) 的第 \(frame) 帧出自更新的版本，未作改动，请更新程序",
                    "Frame \(frame) of the journal \(path) is of a newer version. Nothing was changed. Update the program."
                )
            )
        default: nil
        }
    }

    private var diskEntry: Entry {
        switch self {
        case .diskFull(let path):
            (
                "till.disk-full",
                Sentence("磁盘已满，没有记下：\(path)", "The disk is full; nothing was recorded in \(path).")
            )
        case .cannotRead(let path, let reason):
            ("till.cannot-read", Sentence("无法读取 \(path)：\(reason)", "\(path) cannot be read: \(reason)."))
        case .cannotWrite(let path, let reason):
            (
                "till.cannot-write",
                Sentence(
                    "无法写入，没有记下：\(path)：\(reason)",
                    "Nothing was recorded; \(path) cannot be written: \(reason).")
            )
        default: ("till.unknown", Sentence("\(self)", "\(self)"))
        }
    }
}
