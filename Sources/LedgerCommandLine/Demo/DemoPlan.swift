import LedgerDomain

/// The sizes and dates of a season, by its scale.
struct DemoPlan {
    let scale: Double
    let seed: UInt64

    /// The ten demonstration counties of 2018; nine only receive.
    static let counties: [(code: LedgerCode, name: String)] = [
        (LedgerCode(370_102), "济南市历下区"), (LedgerCode(370_211), "青岛市西海岸新区"),
        (LedgerCode(370_303), "淄博市张店区"), (LedgerCode(370_481), "枣庄市滕州市"),
        (LedgerCode(370_502), "东营市东营区"), (LedgerCode(370_782), "潍坊市诸城市"),
        (LedgerCode(371_002), "威海市环翠区"), (LedgerCode(370_883), "济宁市邹城市"),
        (LedgerCode(371_322), "临沂市郯城县"), (LedgerCode(371_427), "德州市夏津县"),
    ]
    /// The channel whose bill is reconciled.
    static let online = "微信"
    static let province = LedgerCode(370_000)
    static let county = LedgerCode(370_782)
    static let categories = ["演出", "电影", "图书", "展览", "文创", "艺术培训", "非遗", "景区", "体育健身"]

    var residents: Int { max(60, Int(20_000 * scale)) }
    var outlets: Int { max(18, min(400, Int(60 * max(scale, 0.5)))) }

    /// Faces in yuan with the vouchers of each in one drop; smaller faces in larger seasons, for the budget is
    /// the same.
    var faces: [(yuan: String, quota: Int)] {
        let vouchers = Int(3_000 * scale)
        if scale <= 1 {
            return [
                ("100.00", max(3, vouchers / 10)), ("50.00", max(6, vouchers * 4 / 10)),
                ("20.00", max(6, vouchers / 2)),
            ]
        }
        return scale <= 4
            ? [("20.00", vouchers / 2), ("10.00", vouchers / 2)] : [("10.00", min(vouchers, 22_000))]
    }

    /// Vouchers of the bookshop programme.
    var bookVouchers: Int { max(8, min(Int(2_000 * scale), 5_500)) }
    /// Directed vouchers for people on a list.
    var directed: Int { max(4, min(Int(300 * scale), 3_000)) }

    /// An instant of the season, in Shanghai.
    static func at(_ day: String, _ time: String = "09:00:00") -> String { "2018-\(day)T\(time)+08:00" }
}
