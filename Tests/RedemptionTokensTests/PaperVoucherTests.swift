import Cryptography
import RedemptionTokens
import Testing

@Suite("Paper vouchers")
struct PaperVoucherTests {
    private let paper: PaperVoucher

    init() throws {
        paper = try #require(PaperVoucher(voucher: try SampleLedger().voucher, serial: 42))
    }

    @Test("the text has 38 characters and comes back")
    func text() throws {
        let text = paper.text
        #expect(text.hasPrefix("WH3:37078200000123450000000000000042"))
        #expect(text.utf8.count == 38)
        #expect(try ScannedText(text) == .paper(paper))
        let digits = Array(text.utf8.dropFirst(4))
        // ISO/IEC 7064: the number with its check digits is 1 modulo 97.
        #expect(remainder97(digits) == 1)
        let last = try #require(
            PaperVoucher(voucher: paper.voucher, serial: PaperVoucher.serials.upperBound - 1))
        #expect(try PaperVoucher(digits: Array(last.text.utf8.dropFirst(4))) == last)
        #expect(PaperVoucher(voucher: paper.voucher, serial: PaperVoucher.serials.upperBound) == nil)
    }

    @Test("every wrong digit and every swap of two neighbours is found")
    func mistakes() throws {
        let digits = Array(paper.text.utf8.dropFirst(4))
        for place in digits.indices {
            for digit in UInt8(ascii: "0")...UInt8(ascii: "9") where digit != digits[place] {
                var wrong = digits
                wrong[place] = digit
                #expect(throws: PaperVoucherError.checkDigits) { try PaperVoucher(digits: wrong) }
            }
            guard place > 0, digits[place] != digits[place - 1] else { continue }
            var swapped = digits
            swapped.swapAt(place, place - 1)
            #expect(throws: PaperVoucherError.checkDigits) { try PaperVoucher(digits: swapped) }
        }
    }

    @Test("what is no paper voucher is refused with the reason")
    func refused() throws {
        let digits = Array(paper.text.utf8.dropFirst(4))
        #expect(throws: PaperVoucherError.length(33)) { try PaperVoucher(digits: digits.dropLast()) }
        #expect(throws: PaperVoucherError.length(0)) { try PaperVoucher(digits: [UInt8]()) }
        #expect(throws: PaperVoucherError.notDigits) {
            try PaperVoucher(digits: digits.dropLast() + [UInt8(ascii: "+")])
        }
        // Right check digits on a ledger, a voucher or a number that there cannot be.
        for number in ["000000", "099999"] {
            let text = Array(checked(number + "00000123450000000000000042").utf8)
            #expect(throws: PaperVoucherError.noVoucher) { try PaperVoucher(digits: text) }
        }
        for number in ["0000000000", "4294967296"] {
            let text = Array(checked("370782" + number + "0000000000000042").utf8)
            #expect(throws: PaperVoucherError.noVoucher) { try PaperVoucher(digits: text) }
        }
    }

    @Test("check digits have one form: 99 does not pass for 02, nor 00 for 97")
    func equivalents() throws {
        var count = 0
        for serial in 0..<400 as Range<UInt64> {
            let digits = Array(
                try #require(PaperVoucher(voucher: paper.voucher, serial: serial)).text.utf8.dropFirst(4))
            let check = Int(String(decoding: digits.suffix(2), as: UTF8.self)) ?? 0
            for other in [check - 97, check + 97] where (0...99).contains(other) {
                count += 1
                let text = digits.dropLast(2) + Array((other < 10 ? "0\(other)" : "\(other)").utf8)
                #expect(throws: PaperVoucherError.checkDigits) { try PaperVoucher(digits: text) }
            }
        }
        #expect(count > 0)
    }

    @Test("one occasion prints one paper, and the ledger recognises that one alone")
    func commitment() throws {
        let key = PaperKey(try #require(SecretKey(bytes: [UInt8](repeating: 5, count: 32))))
        let printed = try #require(key.paper(for: paper.voucher, [1]))
        #expect(key.paper(for: paper.voucher, [1]) == printed)
        #expect(key.paper(for: paper.voucher, [2]) != printed)
        let commitment = key.commitment(to: printed)
        #expect(commitment.count == 16)
        let serial = (printed.serial + 1) % PaperVoucher.serials.upperBound
        let copied = try #require(PaperVoucher(voucher: printed.voucher, serial: serial))
        #expect(key.commitment(to: copied) != commitment)
        // Without the ledger's key nobody finds the serial by trying them all.
        let stranger = PaperKey(try #require(SecretKey(bytes: [UInt8](repeating: 6, count: 32))))
        #expect(stranger.commitment(to: printed) != commitment)
    }
}
