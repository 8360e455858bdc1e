import CBOR
import LedgerDomain

/// Books that readers choose and a library pays, from a catalogue.
extension Season {
    mutating func chooseBooks() throws {
        let catalogue = PublishCatalogue.with {
            $0.name = "2018年目录"
            $0.items = [
                book("9787020002207", "图书", 60), book("9787020008728", "图书", 50), book("碟-1", "成人音像", 30),
                book("9787020008735", "图书", 40),
            ]
        }
        try refuse(.catalogueInvalid, Self.with(catalogue) { $0.items.append($0.items[0]) })
        var rule = ProgrammeRule()
        (rule.kind, rule.faces, rule.validity) = (.balance, [Self.yuan(200)], 30 * Instant.day)
        rule.goods = .with { ($0.catalogue, $0.adultsOnly) = (catalogue.name, ["成人影像"]) }
        let misnamed = SubmitProgramme.with {
            ($0.name, $0.document, $0.rule) = ("你选书、我买单", "鲁文旅〔2018〕14号", rule)
        }
        try refuse(.catalogueUnknown, misnamed)
        try give(catalogue)
        try refuse(.catalogueLacks, misnamed)
        try refuse(.cataloguePublished, catalogue)
        let reader = try openLibrary()
        try refuse(.itemsRequired, loan(reader, nil, 60, "书-0"))
        try refuse(.itemUnknown, loan(reader, "无", 60, "书-0"))
        try refuse(.listedPriceDiffers, loan(reader, "9787020002207", 61, "书-0"))
        try refuse(.minorsExcluded, loan(reader, "碟-1", 30, "书-0"))
        try refuse(.goodsOnline, Self.with(credential(7101, for: reader.rawValue)) { _ in })
        try give(loan(reader, "9787020002207", 60, "书-1"))
        try refuse(.titleMonthLimit, loan(reader, "9787020002207", 60, "书-2"))
        try give(loan(reader, "9787020008728", 50, "书-3"))
        try refuse(.personMonthLimit, loan(reader, "9787020008735", 40, "书-4"))
    }

    private func book(_ code: String, _ category: String, _ price: Int64) -> CatalogueItem {
        .with { ($0.code, $0.name, $0.category, $0.listed) = (code, "书", category, Self.yuan(price)) }
    }

    /// A balance that a library pays for a reader who is under age.
    private mutating func openLibrary() throws -> VoucherID {
        let fund = FundID(UInt32(state.funds.count))
        try give(
            Appropriate.with { ($0.fund, $0.amount, $0.reference) = (fund, Self.yuan(200), "拨款单 14") })
        var rule = ProgrammeRule()
        rule.kind = .balance
        rule.faces = [Self.yuan(200)]
        rule.validity = 30 * Instant.day
        rule.goods = .with {
            ($0.catalogue, $0.adultsOnly) = ("2018年目录", ["成人音像"])
            ($0.titleMonth, $0.personMonth) = (1, 2)
        }
        try give(
            SubmitProgramme.with {
                ($0.name, $0.document, $0.rule) = ("你选书、我买单", "鲁文旅〔2018〕14号", rule)
            })
        let programme = ProgrammeID(UInt32(state.programmes.count))
        try give(ApproveProgramme.with { $0.programme = programme }, by: "checker")
        try give(
            Allocate.with { ($0.programme, $0.fund, $0.amount) = (programme, fund, Self.yuan(200)) })
        try give(
            ProposeBatch.with {
                ($0.programme, $0.face, $0.quota) = (programme, Self.yuan(200), 1)
                $0.weights = FundShares(FundList([fund]) ?? FundList(), Shares(fen: [1]))
                ($0.from, $0.until) = (clock, clock.adding(30 * Instant.day))
            })
        let batch = BatchID(UInt32(state.batches.count))
        try give(ApproveBatch.with { $0.batch = batch }, by: "checker")
        try give(
            Issue.with {
                ($0.batch, $0.pseudonym) = (batch, Pseudonym(701))
                $0.claimant = .with {
                    $0.attestations = [
                        .with {
                            ($0.group, $0.until) = ("minor", clock.adding(60 * Instant.day))
                            $0.attestor = StorageConformance.principal("attestor")
                        }
                    ]
                }
            })
        return VoucherID(UInt32(state.vouchers.count))
    }

    private func loan(_ voucher: VoucherID, _ code: String?, _ price: Int64, _ order: String) -> Redeem {
        .with {
            ($0.voucher, $0.outlet) = (voucher, OutletID(1))
            ($0.bill, $0.channel, $0.order) = (Self.yuan(price), "counter", order)
            $0.token = .with {
                $0.id = KeyID(state.size)
                $0.expiry = clock.adding(30 * Instant.second)
            }
            guard let code else { return }
            $0.details = .with {
                $0.items = [
                    .with {
                        ($0.name, $0.code) = ("书", code)
                        ($0.listed, $0.paid) = (Self.yuan(price), Self.yuan(price))
                    }
                ]
            }
        }
    }
}
