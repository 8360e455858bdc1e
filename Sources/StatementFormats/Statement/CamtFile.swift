import Foundation
import FoundationXML
package import LedgerDomain

/// One transaction of a bank's account statement.
package struct BankTransaction: Hashable, Sendable {
    /// The line of the file at which it begins, from 1.
    package var line: Int
    /// EndToEndId: what the payer named it; empty where the bank tells none.
    package var reference = ""
    /// Always positive.
    package var amount = Amount.zero
    /// Whether the money left the account.
    package var isDebit = true
    /// Whether it takes back an earlier one: a return or a reversal.
    package var isReturn = false
    /// The day on which the bank booked it.
    package var day = BusinessDay(days: 0)
    /// The bank's own number.
    package var bankReference = ""
    /// Why it was returned, or what was written with it.
    package var note = ""
}

/// 银行对账单: ISO 20022 camt.053 (statement) and camt.054 (notification), versions 02 to 08 and later ones alike.
///
/// The whole file is held while it is read: a day of an account is small. Booked entries alone count: what is pending is told again. Totals and
/// balances that the file states must agree with its entries (ISO 20022 Payments Maintenance, TxsSummry and Bal).
package struct CamtFile: Sendable {
    /// The booked transactions in the order of the file.
    package let transactions: [BankTransaction]
    /// How many entries are not booked yet.
    package let pending: Int

    /// Reads a whole file; whatever is wrong in it is told by line and element, and nothing is taken.
    package init(_ bytes: [UInt8]) throws(RowFaults) {
        let text = try CamtFile.text(bytes)
        let reader = CamtReader()
        let parser = XMLParser(data: Data(text))
        parser.shouldProcessNamespaces = true
        parser.delegate = reader
        let isWhole = parser.parse() && reader.isWhole
        if !isWhole, reader.faults.isEmpty {
            throw RowFaults([
                RowFault(
                    row: max(reader.errorLine ?? parser.lineNumber, 1), field: "",
                    message: "the file is damaged or incomplete from here: it is no well-formed XML")
            ])
        }
        if !reader.isStatement, reader.faults.isEmpty {
            throw RowFaults([
                RowFault(
                    row: 1, field: "",
                    message:
                        "is neither a camt.053 statement (BkToCstmrStmt) nor a camt.054 notification (BkToCstmrDbtCdtNtfctn)"
                )
            ])
        }
        guard reader.faults.isEmpty else { throw RowFaults(reader.faults) }
        transactions = reader.transactions
        pending = reader.pending
    }

    /// Whether bytes can be such a file: their first sign opens an element.
    package static func canBe(_ bytes: [UInt8]) -> Bool {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = bytes.starts(with: mark) ? bytes.dropFirst(3) : bytes[...]
        return text.first { $0 != 0x20 && !(0x09...0x0D).contains($0) } == UInt8(ascii: "<")
    }

    /// The file in good UTF-8, without its declaration: the parser stops the program where a name is none.
    private static func text(_ bytes: [UInt8]) throws(RowFaults) -> [UInt8] {
        let file: FileText
        do throws(NotUTF8) {
            file = try FileText(bytes)
        } catch {
            throw RowFaults([RowFault(row: error.line, field: "", message: error.message)])
        }
        let text = Array(file.text.utf8)
        // No bank's file declares entities; they could stand for more text than any memory holds.
        if text.contains(0)
            || ["<!DOCTYPE", "<!ENTITY"].contains(where: { text.firstRange(of: $0.utf8) != nil })
        {
            throw RowFaults([
                RowFault(
                    row: 1, field: "",
                    message: "declares a document type, or is UTF-16; no bank statement is like that")
            ])
        }
        // What the declaration says of the encoding is settled; its line ends stay, so that lines keep their numbers.
        guard text.starts(with: "<?xml".utf8), let end = text.firstRange(of: "?>".utf8)?.upperBound else {
            return text
        }
        return text[..<end].filter { $0 == 0x0A } + text[end...]
    }
}

/// Hears the elements of a file and puts its transactions together.
private final class CamtReader: NSObject, XMLParserDelegate {
    private(set) var transactions: [BankTransaction] = []
    private(set) var faults: [RowFault] = []
    private(set) var pending = 0
    private(set) var isStatement = false
    /// Where the text stops being XML.
    private(set) var errorLine: Int?
    /// Whether the element that holds everything has ended, and nothing went wrong before.
    var isWhole: Bool { hasRoot && path.isEmpty && errorLine == nil }

    private var hasRoot = false
    private var path: [String] = []
    private var text = ""
    private var entry = Entry()
    private var details: Details?
    private var totals = Totals()

    /// An entry, and what it says of its transactions.
    private struct Entry {
        var line = 1
        var amount: Amount?
        var isDebit: Bool?
        var isReversal = false
        var status = ""
        var day: BusinessDay?
        var valueDay: BusinessDay?
        var bankReference = ""
        var note = ""
        var details: [Details] = []
    }

    private struct Details {
        var line = 1
        var reference = ""
        var amount: Amount?
        var isDebit: Bool?
        var bankReference = ""
        var isReturn = false
        var note = ""
    }

    /// What a statement says that its entries come to.
    private struct Totals {
        var line = 1
        var count: Int?
        var sum: Amount?
        var opening: Amount?
        var closing: Amount?
        var balanceKind = ""
        var balance: Amount?
        var isDebitBalance = false
        var entries = 0
        var total: Int64 = 0
        var movement: Int64 = 0
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String]
    ) {
        path.append(name)
        hasRoot = true
        text = ""
        switch name {
        case "BkToCstmrStmt", "BkToCstmrDbtCdtNtfctn", "BkToCstmrAcctRpt": isStatement = true
        case "Stmt", "Ntfctn", "Rpt": totals = Totals()
        case "Ntry": entry = Entry(line: parser.lineNumber)
        case "TxDtls": details = Details(line: parser.lineNumber)
        case "Bal": (totals.balanceKind, totals.balance, totals.isDebitBalance) = ("", nil, false)
        default: break
        }
        let owner = path.dropLast().last ?? ""
        if name == "Amt", let currency = attributes["Ccy"], currency != "CNY",
            ["Ntry", "TxDtls", "TxAmt", "Bal"].contains(owner)
        {
            fault(parser, name, "is in \(currency); accounts of these books are in CNY")
        }
    }

    func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) {
        if errorLine == nil { errorLine = parser.lineNumber }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(_ parser: XMLParser, foundCDATA data: Data) {
        text += String(decoding: data, as: UTF8.self)
    }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) {
        // One line of words: an event takes no line break.
        let value = text.split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
        path.removeLast()
        switch name {
        case "TxDtls":
            if let details { entry.details.append(details) }
            details = nil
        case "Ntry": finish(parser)
        case "Bal": finishBalance()
        case "Stmt", "Ntfctn", "Rpt": compareTotals()
        default:
            if details != nil {
                takeDetail(parser, name, value)
            } else if isWithin("Ntry") {
                takeEntry(parser, name, value)
            } else {
                takeTotal(parser, name, value)
            }
        }
        text = ""
    }

    private func isWithin(_ name: String) -> Bool { path.contains(name) }

    private var parent: String { path.last ?? "" }

    private func takeEntry(_ parser: XMLParser, _ name: String, _ value: String) {
        switch (parent, name) {
        case ("Ntry", "Amt"): entry.amount = amount(parser, name, value)
        case ("Ntry", "CdtDbtInd"): entry.isDebit = indicator(parser, value)
        case ("Ntry", "RvslInd"): entry.isReversal = value == "true" || value == "1"
        // A plain code until version 03, one inside Cd or Prtry from 04 on.
        case ("Ntry", "Sts"): if !value.isEmpty { entry.status = value }
        case ("Sts", "Cd"), ("Sts", "Prtry"): entry.status = value
        case ("Ntry", "AcctSvcrRef"): entry.bankReference = value
        case ("Ntry", "AddtlNtryInf"): entry.note = value
        case ("BookgDt", "Dt"), ("BookgDt", "DtTm"): entry.day = day(parser, "BookgDt", value)
        case ("ValDt", "Dt"), ("ValDt", "DtTm"): entry.valueDay = day(parser, "ValDt", value)
        default: break
        }
    }

    private func takeDetail(_ parser: XMLParser, _ name: String, _ value: String) {
        switch (parent, name) {
        case ("Refs", "EndToEndId"): details?.reference = value == "NOTPROVIDED" ? "" : value
        case ("Refs", "AcctSvcrRef"): details?.bankReference = value
        case ("TxDtls", "Amt"), ("TxAmt", "Amt"):
            if details?.amount == nil { details?.amount = amount(parser, name, value) }
        case ("TxDtls", "CdtDbtInd"): details?.isDebit = indicator(parser, value)
        case ("TxDtls", "RtrInf"): details?.isReturn = true
        case ("Rsn", "Cd") where isWithin("RtrInf"), ("Rsn", "Prtry") where isWithin("RtrInf"),
            ("RtrInf", "AddtlInf"):
            note(value)
        case ("RmtInf", "Ustrd"): if details?.note.isEmpty == true { note(value) }
        default: break
        }
    }

    /// As much of a text as an event has room for, without signs that it does not take.
    private static func short(_ text: String) -> String {
        var text = String(
            text.unicodeScalars.filter { $0.properties.generalCategory != .control }.map(Character.init))
        while text.utf8.count > 200 { text.removeLast() }
        return text
    }

    /// Adds to what is said of a transaction.
    private func note(_ value: String) {
        guard var note = details?.note, !value.isEmpty else { return }
        note = note.isEmpty ? value : "\(note) \(value)"
        details?.note = Self.short(note)
    }

    private func takeTotal(_ parser: XMLParser, _ name: String, _ value: String) {
        switch (parent, name) {
        case ("TtlNtries", "NbOfNtries"):
            totals.line = parser.lineNumber
            totals.count = Int(value)
            if totals.count == nil { fault(parser, name, "“\(value)” is no number") }
        case ("TtlNtries", "Sum"): totals.sum = amount(parser, name, value)
        case ("CdOrPrtry", "Cd"): totals.balanceKind = value
        case ("Bal", "Amt"):
            totals.line = parser.lineNumber
            totals.balance = amount(parser, name, value)
        case ("Bal", "CdtDbtInd"): totals.isDebitBalance = value == "DBIT"
        default: break
        }
    }

    private func finishBalance() {
        guard let balance = totals.balance else { return }
        let signed = totals.isDebitBalance ? -balance : balance
        switch totals.balanceKind {
        case "OPBD", "PRCD": totals.opening = signed
        case "CLBD": totals.closing = signed
        default: break
        }
    }

    /// An entry ends: its transactions are told one by one, or the entry as a whole.
    private func finish(_ parser: XMLParser) {
        guard let amount = entry.amount, let isDebit = entry.isDebit else {
            if faults.isEmpty { fault(entry.line, "Ntry", "has no amount (Amt) or no CdtDbtInd") }
            return
        }
        totals.entries += 1
        totals.total &+= amount.fen
        guard entry.status.isEmpty || entry.status == "BOOK" else {
            pending += 1
            return
        }
        totals.movement &+= isDebit ? -amount.fen : amount.fen
        guard let day = entry.day ?? entry.valueDay else {
            fault(entry.line, "BookgDt", "is missing; without a day the entry cannot be dated")
            return
        }
        let parts = entry.details.isEmpty ? [Details(line: entry.line, amount: amount)] : entry.details
        guard parts.count == 1 || parts.allSatisfy({ $0.amount != nil }) else {
            fault(
                entry.line, "TxDtls",
                "have no amounts of their own, so the entry cannot be divided among them")
            return
        }
        let sum = parts.reduce(Int64(0)) { $0 &+ ($1.amount ?? amount).fen }
        guard sum == amount.fen else {
            fault(entry.line, "TxDtls", "come to \(Amount(fen: sum).yuan), the entry to \(amount.yuan)")
            return
        }
        for part in parts {
            transactions.append(
                BankTransaction(
                    line: part.line, reference: part.reference, amount: part.amount ?? amount,
                    isDebit: part.isDebit ?? isDebit, isReturn: part.isReturn || entry.isReversal, day: day,
                    bankReference: Self.short(
                        part.bankReference.isEmpty ? entry.bankReference : part.bankReference),
                    note: part.note.isEmpty ? Self.short(entry.note) : part.note))
        }
    }

    private func compareTotals() {
        // What could not be read would not add up either.
        guard faults.isEmpty else { return }
        if let count = totals.count, count != totals.entries {
            fault(
                totals.line, "NbOfNtries",
                "says \(count) entries; there are \(totals.entries): the file is incomplete"
            )
        }
        if let sum = totals.sum, sum.fen != totals.total {
            fault(
                totals.line, "Sum",
                "says \(sum.yuan); the entries come to \(Amount(fen: totals.total).yuan)")
        }
        if let opening = totals.opening, let closing = totals.closing,
            opening.fen &+ totals.movement != closing.fen
        {
            fault(
                totals.line, "Bal",
                "opens at \(opening.yuan) and closes at \(closing.yuan); the entries move \(Amount(fen: totals.movement).yuan)"
            )
        }
    }

    private func amount(_ parser: XMLParser, _ name: String, _ value: String) -> Amount? {
        // XML Schema's decimal: 5, 5.0 and 5.00000 are the same; nothing is smaller than a fen.
        let parts = value.split(separator: ".", omittingEmptySubsequences: false)
        let isDigits = parts.allSatisfy { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        let fraction = parts.count == 2 ? parts[1] : ""
        guard (1...2).contains(parts.count), isDigits, !parts[0].isEmpty, parts[0].utf8.count <= 13,
            fraction.dropFirst(2).allSatisfy({ $0 == "0" }),
            let yuan = Int64(parts[0]), let fen = Int64((fraction.prefix(2) + "00").prefix(2))
        else {
            fault(parser, name, "“\(value)” is no amount in yuan with at most two decimals")
            return nil
        }
        return Amount(fen: yuan * 100 + fen)
    }

    private func indicator(_ parser: XMLParser, _ value: String) -> Bool? {
        guard value == "DBIT" || value == "CRDT" else {
            fault(parser, "CdtDbtInd", "“\(value)” is neither DBIT nor CRDT")
            return nil
        }
        return value == "DBIT"
    }

    private func day(_ parser: XMLParser, _ name: String, _ value: String) -> BusinessDay? {
        if value.utf8.count > 10, let instant = Instant(text: value) { return instant.businessDay(cutOff: 0) }
        guard let day = BusinessDay(text: String(value.prefix(10))) else {
            fault(parser, name, "“\(value)” is no date")
            return nil
        }
        return day
    }

    private func fault(_ parser: XMLParser, _ field: String, _ message: String) {
        fault(parser.lineNumber, field, message)
    }

    private func fault(_ line: Int, _ field: String, _ message: String) {
        // The first hundred say enough of a file that is another kind altogether.
        if faults.count < 100 { faults.append(RowFault(row: max(line, 1), field: field, message: message)) }
    }
}
