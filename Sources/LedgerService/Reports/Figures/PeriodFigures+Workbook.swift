import Cryptography
package import LedgerDomain
package import StatementFormats

/// What numbers are called, for people; figures themselves have numbers alone.
package struct FigureNames: Sendable {
    /// Whose figures they are.
    package var ledger = ""
    package var programmes: [String: String] = [:]
    package var outlets: [String: String] = [:]
    package var merchants: [String: String] = [:]

    package init() {}

    fileprivate func name(_ key: String, _ dimension: PeriodFigures.Dimension) -> String {
        switch dimension {
        case .programme: programmes[key] ?? ""
        case .outlet: outlets[key] ?? ""
        case .merchant: merchants[key] ?? ""
        case .rural: key == "rural" ? "农村" : key == "urban" ? "城镇" : ""
        default: ""
        }
    }
}

extension PeriodFigures.Dimension {
    /// What the cut is called.
    package var title: Sentence {
        switch self {
        case .programme: Sentence("按活动", "programmes")
        case .batch: Sentence("按批次", "batches")
        case .category: Sentence("按品类", "categories")
        case .channel: Sentence("按渠道", "channels")
        case .town: Sentence("按镇街", "towns")
        case .region: Sentence("按区划", "divisions")
        case .rural: Sentence("城乡", "rural share")
        case .cluster: Sentence("按集聚区", "clusters")
        case .outletClass: Sentence("按店型", "outlet classes")
        case .outlet: Sentence("按网点", "outlets")
        case .merchant: Sentence("按商户", "merchants")
        case .group: Sentence("按人群", "groups")
        case .day: Sentence("按日", "days")
        }
    }
}

extension PeriodFigures {
    /// The report as a workbook: the indicators, the funds' chains, the budget tree, and a table for every cut.
    package func workbook(titled title: String, at instant: Instant, _ names: FigureNames = .init())
        -> Workbook
    {
        var sheets = [indicators(names), chains(names)]
        if !programmes.isEmpty { sheets.append(allocations(names)) }
        if !budget.isEmpty { sheets.append(tree(names)) }
        for dimension in Dimension.allCases where !cells(by: dimension).isEmpty {
            sheets.append(sheet(dimension, names))
        }
        if sources == nil, !transfers.isEmpty { sheets.append(transferSheet(names)) }
        return Workbook(title, at: instant, sheets)
    }

    private func notes(_ names: FigureNames) -> [(label: String, value: Workbook.Value)] {
        var notes: [(label: String, value: Workbook.Value)] = [
            ("账簿 ledger", .text(names.ledger.isEmpty ? ledger : "\(ledger) \(names.ledger)")),
            ("期间 period", .text("\(from) – \(through)")),
            ("账本事件 events", .number(Int(clamping: events))),
        ]
        if isPublic {
            notes.append(
                (
                    "公开 public",
                    .text("人数不足 \(PeriodFigures.crowd) 的单元格已并入“\(PeriodFigures.rest)” small cells are merged")
                ))
        } else {
            notes.append(("摘要 SHA-256", .text(digest.hexadecimal)))
        }
        return notes
    }

    private func indicators(_ names: FigureNames) -> Workbook.Sheet {
        var sheet = Workbook.Sheet(
            "绩效指标 indicators", notes: notes(names),
            [.init("指标 indicator"), .init("数值 value"), .init("口径 definition")])
        func add(_ name: String, _ value: Workbook.Value, _ definition: String) {
            sheet.append([.text(name), value, .text(definition)])
        }
        func share(_ part: Amount, _ whole: Amount) -> Workbook.Value {
            part.parts(of: whole, 10_000).map { .share($0) } ?? .none
        }
        let rural = cells(by: .rural).first { $0.key == "rural" }?.figures.netSubsidy ?? .zero
        let income = moved("appropriate") + moved("receive") - moved("undo receive") - eliminated
        add("投放券数 vouchers released", .number(total.vouchersReleased), "批次获批时的份数")
        add("投放金额 released", .amount(total.released), "份数 × 面额")
        add("领取券数 vouchers claimed", .number(total.vouchersClaimed), "领取、中签、定向发放")
        add("领取金额 claimed", .amount(total.claimed), "面额合计")
        add("参与人数 people", .number(people), "领取或使用者，每个活动计一次")
        add("核销笔数 redemptions", .number(total.sales), "")
        add("消费金额 gross", .amount(total.gross), "整单金额")
        add("补贴金额 subsidy", .amount(total.subsidy), "核销时")
        // What the public is told has sales without what was given back.
        let (subsidy, gross) = isPublic ? ("补贴", "消费") : ("净补贴", "净消费")
        if !isPublic {
            add("退款笔数 refunds", .number(total.refunds), "")
            add("退回补贴 subsidy given back", .amount(total.refundedSubsidy), "随退款")
            add("更正 corrected", .amount(total.corrected), "更正收回的补贴")
            add("净补贴 net subsidy", .amount(total.netSubsidy), "补贴 − 退回 − 更正")
            add("净消费 net gross", .amount(total.netGross), "消费 − 退款")
            add("自付金额 own paid", .amount(total.ownPaid), "净消费 − (补贴 − 退回)")
            add("失效金额 lapsed", .amount(total.lapsed), "过期、交还与余额")
            add("奖补 awarded", .amount(total.awarded), "补贴供：奖补、场次补贴")
        }
        add("参加人次 attendance", .number(total.attendance), "经核实的入场，含免费")
        add(
            "核销率 redemption rate", share(total.netSubsidy, total.claimed),
            "本期\(subsidy) / 本期领取金额")
        add(
            "拉动倍数 leverage", total.leverage.map { .ratio($0) } ?? .none, "\(gross) / \(subsidy)")
        if !isPublic {
            add("农村占比 rural share", share(rural, total.netSubsidy), "农村网点净补贴 / 净补贴")
        }
        add("拨入 received", .amount(income), "国库拨入与上级转入；汇总时已抵消内部转移")
        add("支付 paid", .amount(moved("pay") - moved("undo pay")), "银行已确认")
        add("执行率 execution", share(moved("pay") - moved("undo pay"), income), "本期支付 / 本期拨入")
        return sheet
    }

    private func moved(_ kind: String) -> Amount {
        funds.reduce(.zero) { $0 + ($1.moved[kind] ?? .zero) }
    }

    private func chains(_ names: FigureNames) -> Workbook.Sheet {
        let all: [(kind: String, title: String)] = [
            Posting.Kind.appropriate, .receive, .remit, .allocate, .reclaim, .open, .close, .issue, .lapse,
            .redeem, .absorb, .refund, .award, .settle, .pay, .recover, .return,
        ].map { ("\($0)", $0.title) }
        // What no fund had anything of would only make the table wide.
        let kinds = all.filter { kind in
            funds.contains { $0.moved[kind.kind] != nil || $0.moved["undo \(kind.kind)"] != nil }
        }
        let accounts: [(kind: String, title: String)] = [
            ("fund", "未分配"), ("programme", "活动"), ("batch", "批次"), ("voucher", "券"), ("payable", "应付"),
            ("clearing", "在途"), ("remitted", "已转出"),
        ].filter { account in funds.contains { $0.closing[account.0] != nil } }
        var sheet = Workbook.Sheet(
            "资金链 funds", notes: notes(names),
            [
                .init("资金来源 fund"), .init("级次 level"), .init("年度 year"), .init("国库 treasury"),
                .init("指标文号 document"), .init("期初国库 opening", isSummed: true),
            ] + kinds.map { .init("\($0.title) \($0.kind)", isSummed: true) } + [
                .init("期末国库 closing", isSummed: true)
            ] + accounts.map { .init("期末\($0.title) \($0.kind)", isSummed: true) })
        for fund in funds {
            let net = kinds.map { (fund.moved[$0.kind] ?? .zero) - (fund.moved["undo \($0.kind)"] ?? .zero) }
            sheet.append(
                [
                    .text(fund.fund), .text(fund.level), .text(String(fund.fiscalYear)), .text(fund.treasury),
                    .text(fund.document), .amount(fund.opening["treasury"] ?? .zero),
                ] + net.map { .amount($0) } + [.amount(fund.closing["treasury"] ?? .zero)]
                    + accounts.map { .amount(fund.closing[$0.kind] ?? .zero) })
        }
        return sheet
    }

    private func allocations(_ names: FigureNames) -> Workbook.Sheet {
        var sheet = Workbook.Sheet(
            "预算执行 execution", notes: notes(names),
            [
                .init("资金来源 fund"), .init("活动 programme"), .init("名称 name"),
                .init("期初结余 opening", isSummed: true), .init("分配 allocated", isSummed: true),
                .init("收回 reclaimed", isSummed: true), .init("支出 spent", isSummed: true),
                .init("期末结余 left", isSummed: true), .init("其中未投放 programme", isSummed: true),
                .init("未领取 batch", isSummed: true), .init("未使用 voucher", isSummed: true),
                .init("执行率 execution"),
            ])
        for branch in programmes {
            let had = branch.opening + branch.allocated - branch.reclaimed
            sheet.append(
                [
                    .text(branch.fund), .text(branch.programme),
                    .text(names.name(branch.programme, .programme)),
                ]
                    + [
                        branch.opening, branch.allocated, branch.reclaimed, branch.spent, branch.left,
                        branch.closing["programme"] ?? .zero, branch.closing["batch"] ?? .zero,
                        branch.closing["voucher"] ?? .zero,
                    ].map { .amount($0) } + [branch.spent.parts(of: had, 10_000).map { .share($0) } ?? .none])
        }
        return sheet
    }

    private func tree(_ names: FigureNames) -> Workbook.Sheet {
        var sheet = Workbook.Sheet(
            "预算树 budget", notes: notes(names),
            [
                .init("资金来源 fund"), .init("活动 programme"), .init("名称 name"), .init("镇街 town"),
                .init("补贴 subsidy", isSummed: true), .init("退回与更正 returned", isSummed: true),
                .init("净补贴 net", isSummed: true), .init("奖补 awarded", isSummed: true),
            ])
        for leaf in budget {
            sheet.append([
                .text(leaf.fund), .text(leaf.programme), .text(names.name(leaf.programme, .programme)),
                .text(leaf.town.isEmpty ? "—" : leaf.town), .amount(leaf.subsidy), .amount(leaf.returned),
                .amount(leaf.subsidy - leaf.returned), .amount(leaf.awarded),
            ])
        }
        return sheet
    }

    /// A column of a cut: its title, whether it adds up, whether it may be published, and what stands in it.
    private typealias Measure = (
        title: String, adds: Bool, isPublic: Bool, value: (Figures) -> Workbook.Value
    )

    private var measures: [Measure] {
        let whole = total.netSubsidy
        return [
            ("投放金额 released", true, true, { .amount($0.released) }),
            ("领取券数 claimed", true, true, { .number($0.vouchersClaimed) }),
            ("领取金额 claimed", true, true, { .amount($0.claimed) }),
            ("核销笔数 sales", true, true, { .number($0.sales) }),
            ("消费金额 gross", true, true, { .amount($0.gross) }),
            ("补贴金额 subsidy", true, true, { .amount($0.subsidy) }),
            ("人次 attendance", true, true, { .number($0.attendance) }),
            ("退款笔数 refunds", true, false, { .number($0.refunds) }),
            ("退款金额 refunded", true, false, { .amount($0.refundedGross) }),
            ("退回补贴 given back", true, false, { .amount($0.refundedSubsidy) }),
            ("更正 corrected", true, false, { .amount($0.corrected) }),
            ("失效金额 lapsed", true, false, { .amount($0.lapsed) }),
            ("净补贴 net subsidy", true, false, { .amount($0.netSubsidy) }),
            ("自付 own paid", true, false, { .amount($0.ownPaid) }),
            (
                "占比 share", false, false,
                { $0.netSubsidy.parts(of: whole, 10_000).map { .share($0) } ?? .none }
            ),
            ("拉动倍数 leverage", false, false, { $0.leverage.map { .ratio($0) } ?? .none }),
            ("奖补 awarded", true, false, { .amount($0.awarded) }),
        ].filter { $0.isPublic || !isPublic }
    }

    private func sheet(_ dimension: Dimension, _ names: FigureNames) -> Workbook.Sheet {
        let cells = cells(by: dimension)
        // What a cut cannot tell, such as claims by town, is no column of zeros in it.
        let measures = measures.filter { measure in
            measure.value(total) == measure.value(Figures())
                || cells.contains { measure.value($0.figures) != measure.value(Figures()) }
        }
        let title = dimension.title
        // People in several groups are counted in each: such columns have no sum.
        let columns = measures.map { Workbook.Column($0.title, isSummed: $0.adds && dimension != .group) }
        let drawn = [
            columns.firstIndex { $0.title.hasSuffix("gross") },
            columns.firstIndex { $0.title.hasSuffix(" subsidy") },
        ]
        var sheet = Workbook.Sheet(
            "\(title.chinese) \(title.english)", notes: notes(names),
            [.init(title.chinese.replacing("按", with: "")), .init("名称 name")] + columns,
            chart: .init(
                "\(title.chinese)：消费与补贴 gross and subsidy",
                label: cells.contains { !names.name($0.key, dimension).isEmpty } ? 1 : 0,
                values: drawn.compactMap { $0.map { $0 + 2 } }))
        for cell in cells {
            sheet.append(
                [
                    .text(cell.key.isEmpty ? "—" : cell.key), .text(names.name(cell.key, dimension)),
                ] + measures.map { $0.value(cell.figures) })
        }
        return sheet
    }

    private func transferSheet(_ names: FigureNames) -> Workbook.Sheet {
        var sheet = Workbook.Sheet(
            "转移支付 remittances", notes: notes(names),
            [
                .init("方向 direction"), .init("对方账簿 ledger"), .init("发出事件 remit event"),
                .init("金额 amount", isSummed: true), .init("状态 status"),
            ])
        for transfer in transfers {
            sheet.append([
                .text(transfer.incoming ? "转入 in" : "转出 out"), .text(transfer.ledger),
                .number(Int(clamping: transfer.remit)), .amount(transfer.amount),
                .text(transfer.isUndone ? "已退回 sent back" : "有效"),
            ])
        }
        return sheet
    }
}
