import Cryptography
import RedemptionTokens
import Testing

@Suite("Typed codes")
struct TypedCodeTests {
    private let key: TypedCodeKey
    private let voucher: VoucherReference
    private let code: TypedCode

    init() throws {
        key = TypedCodeKey(try #require(SecretKey(bytes: [UInt8](repeating: 5, count: 32))))
        voucher = try SampleLedger().voucher
        code = key.code(for: voucher, in: TimeSlot(at: SampleLedger.now))
    }

    @Test("a code has twenty digits in groups of four, and comes back however it is typed")
    func typing() throws {
        #expect(code.digits.utf8.count == 20)
        #expect(code.digits.hasPrefix("0000012345"))
        #expect(code.description.split(separator: " ").map(\.count) == [4, 4, 4, 4, 4])
        #expect(code.description.filter { $0 != " " } == code.digits)
        let wide = String(
            String.UnicodeScalarView(
                code.digits.unicodeScalars.compactMap { Unicode.Scalar($0.value + 0xfee0) }))
        let forms = [
            code.digits, code.description, code.description.replacing(" ", with: "-"),
            "  \(code.description)\r\n", wide, code.description.replacing(" ", with: "\u{3000}"),
            code.description.replacing(" ", with: "－"), code.description.replacing(" ", with: " - "),
        ]
        for form in forms {
            #expect(try TypedCode(form) == code, "\(form)")
            #expect(try ScannedText(form) == .typed(code), "\(form)")
        }
    }

    @Test("every mistyped digit and every swap of two neighbours is called a mistyped digit")
    func mistakes() throws {
        let digits = Array(code.digits)
        for place in digits.indices {
            for digit in "0123456789" where digit != digits[place] {
                var wrong = digits
                wrong[place] = digit
                #expect(throws: TypedCodeError.checkDigits) { try TypedCode(String(wrong)) }
            }
            guard place > 0, digits[place] != digits[place - 1] else { continue }
            var swapped = digits
            swapped.swapAt(place, place - 1)
            #expect(throws: TypedCodeError.checkDigits) { try TypedCode(String(swapped)) }
        }
        #expect("\(TypedCodeError.checkDigits)" == "a digit is mistyped")
    }

    @Test(
        "what is no code is refused with the reason",
        arguments: [
            ("", .length(0)), ("1234", .length(4)), ("0000 0123 4512 3456 7890 1", .length(21)),
            ("0000 0123 4512 3456 789O", .notDigits), ("+0000012345123456789", .notDigits),
            ("٠٠٠٠٠١٢٣٤٥١٢٣٤٥٦٧٨٩٠", .notDigits), (String(repeating: "0", count: 257), .tooLong),
            ("000000000000000000", .noVoucher), ("429496729600000000", .noVoucher),
        ] as [(String, TypedCodeError)])
    func refused(_ text: String, _ error: TypedCodeError) throws {
        let text = error == .noVoucher ? checked(text) : text
        #expect(throws: error) { try TypedCode(text) }
    }

    @Test("a code is good in its half minute and the next, and five seconds before it begins")
    func slots() {
        let slot = TimeSlot(at: SampleLedger.now)
        for (offset, isGood) in [
            (-6, false), (-5, true), (-1, true), (0, true), (29, true), (30, true), (59, true), (60, false),
        ] as [(Int64, Bool)] {
            let found = key.slot(of: code, ledger: SampleLedger.code, now: slot.start + offset)
            #expect(found == (isGood ? slot : nil), "\(offset) s")
        }
    }

    @Test("a code is good for its own voucher, ledger and key only")
    func binding() throws {
        let now = SampleLedger.now
        #expect(key.slot(of: code, ledger: SampleLedger.code, now: now) != nil)
        #expect(key.slot(of: code, ledger: SampleLedger.code + 1, now: now) == nil)
        #expect(key.slot(of: code, ledger: 0, now: now) == nil)
        let other = TypedCodeKey(try #require(SecretKey(bytes: [UInt8](repeating: 6, count: 32))))
        #expect(other.slot(of: code, ledger: SampleLedger.code, now: now) == nil)
        let typed = checked("0000012346" + code.digits.dropFirst(10).prefix(8))
        #expect(key.slot(of: try TypedCode(typed), ledger: SampleLedger.code, now: now) == nil)
    }
}
