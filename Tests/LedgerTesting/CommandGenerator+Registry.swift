import CBOR
import LedgerDomain

// Files of merchants, outlets and terminals.
extension CommandGenerator {
    mutating func importMerchant(_ model: ReferenceModel) -> ImportMerchant {
        let (file, index) = place(.merchants, model)
        let creditCode = chance(950) ? fresh("91370782MA") : stale("91370782MA")
        let payees = model.payees.values.sorted()
        return .with {
            $0.file = file
            $0.index = index
            $0.creditCode = text(creditCode)
            $0.payeeCreditCode = text(chance(650) ? creditCode : pick(payees) ?? stale("91370782MA"))
            $0.bankCode = text("102458000012")
        }
    }

    mutating func importOutlet(_ model: ReferenceModel) -> ImportOutlet {
        let (file, index) = place(.outlets, model)
        return .with {
            $0.file = file
            $0.index = index
            $0.merchant = id(key(model.merchants), of: model.merchants.count)
            $0.category = text(pick(categories) ?? "演出")
            $0.region = pick(regions) ?? LedgerCode(370_782)
            $0.town = text("龙都街道")
            $0.rural = chance(600)
            $0.cluster = chance(500) ? "" : text("集聚区")
            $0.outletClass = chance(500) ? "" : text("展销店")
            $0.platformID = text(chance(950) ? fresh("W") : stale("W"))
        }
    }

    mutating func importTerminal(_ model: ReferenceModel) -> ImportTerminal {
        let (file, index) = place(.terminals, model)
        return .with {
            $0.file = file
            $0.index = index
            $0.outlet = id(key(model.outlets), of: model.outlets.count)
            $0.serial = text(chance(950) ? fresh("T") : stale("T"))
        }
    }

    mutating func closeImport(_ model: ReferenceModel) -> CloseImport {
        let kind = chance(950) ? pick(model.staged.keys.sorted { $0.rawValue < $1.rawValue }) : nil
        let staged = kind.flatMap { model.staged[$0] }
        let file = staged.map { chance(960) ? $0.file : self.file(model) } ?? self.file(model)
        let count = UInt32(staged?.count ?? 0)
        return .with {
            $0.file = file
            $0.kind = kind ?? pick(ImportKind.allCases) ?? .residents
            $0.count = chance(900) ? count : pick([count &+ 1, count &- 1, 0, .max]) ?? 0
        }
    }

    mutating func changeMerchant(_ model: ReferenceModel) -> ChangeMerchant {
        let stopped = key(model.merchants, where: { $0.status != .active })
        let any = key(model.merchants)
        if let stopped, chance(550) {
            return .with {
                $0.merchant = stopped
                $0.status = .active
                $0.evidence = text("整改完成")
            }
        }
        return .with {
            $0.merchant = id(any, of: model.merchants.count)
            $0.status = pick(Merchant.Status.allCases) ?? .suspended
            $0.evidence = text("投诉")
        }
    }

    /// The next line of the file that is staged, or the first of another; now and then out of order.
    private mutating func place(_ kind: ImportKind, _ model: ReferenceModel) -> (Digest128, UInt32) {
        guard let staged = model.staged[kind], chance(960) else { return (file(model), chance(950) ? 0 : 1) }
        let index = UInt32(staged.count)
        return (staged.file, chance(970) ? index : pick([0, index &+ 1, index &- 1]) ?? 0)
    }

    /// Mostly a new file, now and then one that has been imported.
    private mutating func file(_ model: ReferenceModel) -> Digest128 {
        if let known = pick(model.imported.sorted { $0.low < $1.low }), chance(100) { return known }
        return Digest128(high: random.next(), low: random.next())
    }

    mutating func eraseResident() -> EraseResident {
        .with {
            $0.subject = Digest128(high: 7, low: UInt64(number(0...9)))
            $0.reason = text("本人申请")
        }
    }
}
