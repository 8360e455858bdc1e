import Foundation

/// In what a statement's texts are written: UTF-8 or GB 18030, by its first line that is not ASCII. A field alone can look like
/// either.
struct StatementEncoding {
    /// `nil` while everything was ASCII.
    private var isGB18030: Bool?

    /// - Parameter known: what the file is written in, where somebody has said so.
    init(_ known: FileEncoding? = nil) { isGB18030 = known.map { $0 == .gb18030 } }

    /// Decides by a line, where none has decided.
    mutating func notice(_ line: UnsafeRawBufferPointer) {
        guard isGB18030 == nil, line.contains(where: { $0 >= 0x80 }) else { return }
        isGB18030 = String(validating: line, as: UTF8.self) == nil
    }

    /// A field as text; `nil` where it is none.
    func text(_ field: UnsafeRawBufferPointer) -> String? {
        guard isGB18030 == true else { return StatementBytes.text(field) }
        return String(data: Data(field), encoding: GB18030.encoding)
    }

    /// A field's bytes in UTF-8, as the ledger's own texts are.
    func withUTF8(_ field: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void) {
        guard isGB18030 == true, field.contains(where: { $0 >= 0x80 }), var text = text(field) else {
            return body(field)
        }
        text.withUTF8 { body(UnsafeRawBufferPointer($0)) }
    }
}
