import CQREncode
import Foundation

/// A QR code (ISO/IEC 18004) of a text, for pages, receipts and terminals.
///
/// The text is one segment in the densest mode that has all of its characters: numeric; alphanumeric, whose 45
/// characters are the digits, the capital letters and `space $ % * + - . / :`; or bytes of UTF-8. So its version
/// follows from length, mode and level alone, and a text that is to stay small keeps to capitals.
package struct QRCode: Sendable, Equatable {
    /// From 1 to 40.
    package let version: Int

    /// The number of modules on each side, 4 × version + 17, without the quiet zone.
    package let side: Int

    /// The modules row by row, true where they are dark.
    private let modules: [Bool]

    /// Makes the smallest code that holds the text.
    ///
    /// - Throws: ``QRCodeError`` when the text is empty or longer than version 40 holds.
    package init(text: String, level: Level = .medium) throws(QRCodeError) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty else { throw .emptyText }
        // The library counts in 32 bits.
        guard bytes.count <= QRCode.textLimit else { throw .textTooLong(byteCount: bytes.count) }
        guard let input = QRinput_new2(0, level.libraryLevel) else {
            preconditionFailure("no memory for a QR code")
        }
        defer { QRinput_free(input) }
        guard QRinput_append(input, QRCode.mode(of: bytes), Int32(bytes.count), bytes) == 0 else {
            preconditionFailure("the library takes these bytes in this mode")
        }
        guard let code = QRcode_encodeInput(input) else {
            guard errno == ERANGE else { preconditionFailure("the library made no QR code") }
            throw .textTooLong(byteCount: bytes.count)
        }
        defer { QRcode_free(code) }
        version = Int(code.pointee.version)
        side = Int(code.pointee.width)
        // The lowest bit of each byte is the module; the others say what it is there for.
        modules = UnsafeBufferPointer(start: code.pointee.data, count: side * side).map { $0 & 1 == 1 }
    }

    /// Whether the module in a column and row, counted from the top left, is dark; around the code all are light.
    package subscript(column: Int, row: Int) -> Bool {
        guard (0..<side).contains(column), (0..<side).contains(row) else { return false }
        return modules[row * side + column]
    }

    /// How many light modules a code needs around it (ISO/IEC 18004 §6.3.8).
    package static let quietZone = 4

    /// How much of a code may be lost and the text still be read.
    package enum Level: Sendable, CaseIterable {
        /// About 7 %.
        case low
        /// About 15 %, for tokens on paper and on screens.
        case medium
        /// About 25 %.
        case quartile
        /// About 30 %.
        case high

        fileprivate var libraryLevel: QRecLevel {
            switch self {
            case .low: QR_ECLEVEL_L
            case .medium: QR_ECLEVEL_M
            case .quartile: QR_ECLEVEL_Q
            case .high: QR_ECLEVEL_H
            }
        }
    }

    /// The digits that version 40 holds at level low: no text of more bytes fits.
    private static let textLimit = 7089

    private static func mode(of bytes: [UInt8]) -> QRencodeMode {
        for mode in [QR_MODE_NUM, QR_MODE_AN] where QRinput_check(mode, Int32(bytes.count), bytes) == 0 {
            return mode
        }
        return QR_MODE_8
    }
}

/// Why there is no QR code of a text.
package enum QRCodeError: Error, Equatable, Sendable {
    case emptyText
    /// Version 40 holds 7089 digits, 4296 alphanumeric characters or 2953 bytes at level low, and less above.
    case textTooLong(byteCount: Int)
}
