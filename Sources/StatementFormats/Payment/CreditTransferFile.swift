import Foundation
import FoundationXML
package import LedgerDomain

/// Payment instructions as ISO 20022 pain.001.001.09 (CustomerCreditTransferInitiationV09), one payment information
/// block for each treasury, for banks that take it.
package enum CreditTransferFile {
    /// Why there is no file.
    package enum Problem: Error, Equatable, Sendable {
        /// The profile names no account that this treasury pays from.
        case noDebtor(treasury: String)
        /// There is nothing to pay.
        case empty
    }

    private static let namespace = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"

    /// The whole file; the same instructions give the same bytes.
    ///
    /// - Parameters:
    ///   - message: unique for the bank, up to 31 characters of A–Z, digits and hyphens; each block adds its number.
    ///   - instant: when it was made.
    ///   - day: when it is to be paid.
    package static func bytes(
        _ instructions: [PaymentInstruction], _ profile: PaymentProfile, message: String, at instant: Instant,
        on day: BusinessDay
    ) throws(Problem) -> [UInt8] {
        guard !instructions.isEmpty else { throw .empty }
        var treasuries: [String] = []
        for instruction in instructions where !treasuries.contains(instruction.treasury) {
            treasuries.append(instruction.treasury)
        }
        var blocks: [XMLElement] = []
        for (index, treasury) in treasuries.enumerated() {
            guard let debtor = profile.debtor(treasury) else { throw .noDebtor(treasury: treasury) }
            blocks.append(
                block(
                    instructions.filter { $0.treasury == treasury }, debtor, "\(message)-\(index + 1)",
                    on: day))
        }
        let initiator = profile.initiator.isEmpty ? treasuries[0] : profile.initiator
        let header = element(
            "GrpHdr",
            [
                element("MsgId", message), element("CreDtTm", String(instant.text.prefix(19))),
                element("NbOfTxs", String(instructions.count)), element("CtrlSum", sum(instructions)),
                element("InitgPty", [element("Nm", String(initiator.prefix(140)))]),
            ])
        let root = element("Document", [element("CstmrCdtTrfInitn", [header] + blocks)])
        root.setAttributesWith(["xmlns": namespace])
        let document = XMLDocument(rootElement: root)
        document.version = "1.0"
        document.characterEncoding = "UTF-8"
        return [UInt8](document.xmlData(options: [.nodePrettyPrint]))
    }

    private static func block(
        _ instructions: [PaymentInstruction], _ debtor: PaymentProfile.Debtor, _ id: String,
        on day: BusinessDay
    ) -> XMLElement {
        element(
            "PmtInf",
            [
                element("PmtInfId", id), element("PmtMtd", "TRF"),
                element("NbOfTxs", String(instructions.count)), element("CtrlSum", sum(instructions)),
                element("ReqdExctnDt", [element("Dt", day.text)]),
                element("Dbtr", [element("Nm", debtor.name)]),
                account("DbtrAcct", debtor.account.account),
                agent("DbtrAgt", debtor.account.bankCode),
            ] + instructions.map(transaction))
    }

    private static func transaction(_ instruction: PaymentInstruction) -> XMLElement {
        let amount = element("InstdAmt", instruction.amount.yuan)
        amount.setAttributesWith(["Ccy": "CNY"])
        return element(
            "CdtTrfTxInf",
            [
                element("PmtId", [element("EndToEndId", instruction.reference)]),
                element("Amt", [amount]), agent("CdtrAgt", instruction.bankCode),
                element("Cdtr", [element("Nm", String(instruction.payeeName.prefix(140)))]),
                account("CdtrAcct", instruction.account),
                element("RmtInf", [element("Ustrd", String(instruction.purpose.prefix(140)))]),
            ])
    }

    private static func account(_ name: String, _ number: String) -> XMLElement {
        element(name, [element("Id", [element("Othr", [element("Id", number)])])])
    }

    /// A bank by its 联行号, its number in CNAPS.
    private static func agent(_ name: String, _ bankCode: String) -> XMLElement {
        let member = element(
            "ClrSysMmbId", [element("ClrSysId", [element("Cd", "CNAPS")]), element("MmbId", bankCode)])
        return element(name, [element("FinInstnId", [member])])
    }

    private static func sum(_ instructions: [PaymentInstruction]) -> String {
        instructions.reduce(Amount.zero) { $0 + $1.amount }.yuan
    }

    private static func element(_ name: String, _ children: [XMLElement]) -> XMLElement {
        let element = XMLElement(name: name)
        for child in children { element.addChild(child) }
        return element
    }

    private static func element(_ name: String, _ text: String) -> XMLElement {
        XMLElement(name: name, stringValue: text)
    }
}
