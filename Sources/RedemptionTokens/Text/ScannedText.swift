/// What a scanner or a keyboard delivered at a till, taken for what it is; nothing is verified yet.
package enum ScannedText: Hashable, Sendable {
    case online(SignedClaims<OnlineToken>)
    case offline(PresentedCredential)
    case paper(PaperVoucher)
    case typed(TypedCode)

    /// The longest text that is looked at, in bytes; a presentation has less than 500.
    package static let maximumLength = 640

    /// Reads a text; blanks and line breaks around it do not count.
    ///
    /// Scanners that type send the line break too. Prefixes are in capitals only.
    package init(_ text: String) throws(ScannedTextError) {
        guard text.utf8.count <= ScannedText.maximumLength else { throw .tooLong }
        let blanks: Set<UInt8> = [0x20, 0x09, 0x0a, 0x0d]
        let trimmed = text.utf8.drop { blanks.contains($0) }
        let content = Array(trimmed.reversed().drop { blanks.contains($0) }.reversed())
        guard !content.isEmpty else { throw .empty }
        guard content.starts(with: Array("WH".utf8)), content.count >= 4, content[3] == UInt8(ascii: ":")
        else {
            self = try ScannedText.unprefixed(content)
            return
        }
        let rest = content[4...]
        switch String(decoding: content[..<4], as: UTF8.self) {
        case OnlineToken.prefix:
            let bytes = try ScannedText.bytes(rest)
            do throws(TokenFormatError) {
                self = .online(try SignedClaims(bytes))
            } catch {
                throw .online(error)
            }
        case PresentedCredential.prefix:
            let bytes = try ScannedText.bytes(rest)
            do throws(PresentedCredentialError) {
                self = .offline(try PresentedCredential(bytes))
            } catch {
                throw .offline(error)
            }
        case PaperVoucher.prefix:
            do throws(PaperVoucherError) {
                self = .paper(try PaperVoucher(digits: rest))
            } catch {
                throw .paper(error)
            }
        default: throw .unknownKind
        }
    }

    private static func bytes(_ text: ArraySlice<UInt8>) throws(ScannedTextError) -> [UInt8] {
        do throws(Base45Error) {
            return try Base45.decode(text)
        } catch {
            throw .base45(error)
        }
    }

    /// What has none of our prefixes: a typed code, or something that is not ours.
    private static func unprefixed(_ content: [UInt8]) throws(ScannedTextError) -> ScannedText {
        let text = String(decoding: content, as: UTF8.self)
        let prefixes = [OnlineToken.prefix, PresentedCredential.prefix, PaperVoucher.prefix]
        if prefixes.contains(where: { text.uppercased().hasPrefix($0) }) { throw .smallLetters }
        do throws(TypedCodeError) {
            return .typed(try TypedCode(text))
        } catch {
            // A long row of digits is no code that was typed either.
            throw error == .notDigits || error == .tooLong ? .foreign : .typed(error)
        }
    }
}
