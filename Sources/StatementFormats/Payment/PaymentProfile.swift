/// How a county's banks want to be asked: the columns of their CSV, and the accounts that pay; from YAML.
package struct PaymentProfile: Hashable, Sendable {
    /// A bank's CSV.
    package struct Template: Hashable, Sendable {
        package var encoding: FileEncoding
        package var columns: [Column]
    }

    /// A column of it.
    package struct Column: Hashable, Sendable {
        package var title: String
        package var value: Value
    }

    /// What stands in a column.
    package enum Value: Hashable, Sendable {
        case reference, payeeName, account, bankCode, amountYuan, amountFen, fund, treasury, purpose, date,
            sequence
        /// The same text in every row.
        case text(String)
    }

    /// The account of a treasury that settlements are paid from.
    package struct Debtor: Hashable, Sendable {
        /// The treasury, as funds name it.
        package var treasury: String
        /// The name that the account is held in.
        package var name: String
        package var account: PayeeAccount
    }

    package var template: Template
    /// Who hands the instructions in, up to 140 characters.
    package var initiator: String
    package var debtors: [Debtor]

    /// The account that a treasury pays from; `nil` where the profile has none.
    package func debtor(_ treasury: String) -> Debtor? { debtors.first { $0.treasury == treasury } }

    /// What is written where a county has no profile of its own: UTF-8 and every field once.
    package static let usual = PaymentProfile(
        template: Template(
            encoding: .utf8,
            columns: [
                Column(title: "reference", value: .reference),
                Column(title: "payee_name", value: .payeeName),
                Column(title: "account", value: .account), Column(title: "bank_code", value: .bankCode),
                Column(title: "amount_yuan", value: .amountYuan), Column(title: "fund", value: .fund),
                Column(title: "treasury", value: .treasury), Column(title: "purpose", value: .purpose),
            ]), initiator: "", debtors: [])
}

extension PaymentProfile {
    /// Reads a profile; what is wrong in it is told with its line.
    package init(_ bytes: some Collection<UInt8>) throws(ProgrammeFileError) {
        let root = try RuleDocument.root(of: bytes)
        var document = RuleDocument()
        let keys = document.mapping(root, ["encoding", "columns", "initiator", "debtors"])
        var profile = PaymentProfile.usual
        if let encoding = document.value(keys["encoding"], FileEncoding.words.value(of:)) {
            profile.template.encoding = encoding
        }
        if keys["columns"] != nil {
            profile.template.columns = document.list(keys["columns"], "title and value").compactMap {
                PaymentProfile.column($0, &document)
            }
            PaymentProfile.require([.reference, .account, .payeeName], or: profile.template, &document)
        }
        profile.initiator = document.value(keys["initiator"], TextLimit.name.check) ?? ""
        profile.debtors = document.list(keys["debtors"], "treasury, name, account and bank").compactMap {
            PaymentProfile.debtor($0, &document)
        }
        let treasuries = profile.debtors.map(\.treasury)
        for treasury in Set(treasuries) where treasuries.count(where: { $0 == treasury }) > 1 {
            document.fault(
                line: document.line(of: "debtors"), "debtors", "names the treasury “\(treasury)” twice")
        }
        guard document.faults.isEmpty else { throw ProgrammeFileError(document.faults) }
        self = profile
    }

    private static func column(_ item: RuleValue, _ document: inout RuleDocument) -> Column? {
        let keys = document.mapping(item, ["title", "value", "text"], required: ["title"])
        let title = document.value(keys["title"], TextLimit.name.check)
        let value = document.value(keys["value"], words.value(of:))
        let text = document.value(keys["text"]) { (text) throws(TextFault) in
            // What is the same in every row must never pass for the account that is paid.
            guard text.utf8.count(where: { (0x30...0x39).contains($0) }) < 6 else {
                throw TextFault(
                    message: "“\(text)” could be taken for an account; it may have at most five digits")
            }
            return try TextLimit.name.check(text)
        }
        if (keys["value"] == nil) == (keys["text"] == nil) {
            document.fault(item, "needs one of value and text", allowed: ["value: reference", "text: CNY"])
        }
        guard let title, let found = value ?? text.map(Value.text) else { return nil }
        return Column(title: title, value: found)
    }

    private static func debtor(_ item: RuleValue, _ document: inout RuleDocument) -> Debtor? {
        let names = ["treasury", "name", "account", "bank"]
        let keys = document.mapping(item, names, required: names)
        let texts = names.map { document.value(keys[$0]) { (text) throws(TextFault) in text } }
        guard let treasury = texts[0], let name = texts[1], let account = texts[2], let bank = texts[3] else {
            return nil
        }
        do {
            let account = try PayeeAccount(name: name, account: account, bankCode: bank)
            return Debtor(treasury: treasury, name: name, account: account)
        } catch {
            document.fault(item, error.message, allowed: error.allowed)
            return nil
        }
    }

    /// Each title once. Without who is paid, how much and under which reference, no return can be read back.
    private static func require(_ values: [Value], or template: Template, _ document: inout RuleDocument) {
        let titles = template.columns.map(\.title)
        for title in Set(titles) where titles.count(where: { $0 == title }) > 1 {
            document.fault(line: document.line(of: "columns"), "columns", "has the title “\(title)” twice")
        }
        let written = template.columns.map(\.value)
        let isPriced = written.contains(.amountYuan) || written.contains(.amountFen)
        guard !values.allSatisfy(written.contains) || !isPriced, !document.hasFault(at: "columns") else {
            return
        }
        document.fault(
            line: document.line(of: "columns"), "columns",
            "must have reference, payee_name, account and amount_yuan or amount_fen")
    }

    private static let words = Choice([
        "reference": Value.reference, "payee_name": .payeeName, "account": .account, "bank_code": .bankCode,
        "amount_yuan": .amountYuan, "amount_fen": .amountFen, "fund": .fund, "treasury": .treasury,
        "purpose": .purpose, "date": .date, "sequence": .sequence,
    ])
}
