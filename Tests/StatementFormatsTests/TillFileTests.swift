import LedgerDomain
import StatementFormats
import Testing

@Suite("Bulk work at tills and counters")
struct TillFileTests {
    @Test("Every action at a till is read")
    func orders() throws {
        let text = """
            time,key,action,voucher,outlet,terminal,bill_yuan,channel,order
            2018-06-01T10:00:00+08:00,k1,redeem,V370782-00000001-1,YL-0001,T1,90.00,云闪付,D-1
            ,k2,authorise,V370782-00000002-2,YL-0001,,80.00,现金,D-2
            ,k3,capture,,YL-0001,,79.50,,D-2
            ,k4,capture,,YL-0001,,,,D-2
            ,k5,void,,YL-0001,,,,D-3
            ,k6,refund,,YL-0001,,10,,D-1
            ,k7,退款,,YL-0001,,,,D-1
            """
        let rows = try OrderFile(text.utf8).rows
        #expect(rows.map(\.line) == Array(2...8))
        #expect(rows.map(\.key) == (1...7).map { "k\($0)" })
        #expect(rows[0].time == Instant(text: "2018-06-01T10:00:00+08:00"))
        #expect(rows[1].time == nil)
        guard case .redeem(let sale) = rows[0].action, case .authorise(let hold) = rows[1].action else {
            Issue.record("a redeem and an authorise")
            return
        }
        #expect(sale.voucher == "V370782-00000001-1")
        #expect(sale.terminal == "T1")
        #expect(sale.bill == Amount(fen: 9000))
        #expect(sale.channel == "云闪付")
        #expect(hold.terminal == nil)
        #expect(
            rows.dropFirst(2).map(\.action) == [
                .capture(bill: Amount(fen: 7950)), .capture(bill: nil), .void,
                .refund(bill: Amount(fen: 1000)), .refund(bill: nil),
            ])
        #expect(rows[2].outlet == "YL-0001")
        #expect(rows[2].order == "D-2")
    }

    @Test("Time and terminal may be left out")
    func shortHeader() throws {
        let text = "key,action,voucher,outlet,bill_yuan,channel,order\nk1,redeem,V1,A1,30,现金,D-1\n"
        #expect(try OrderFile(text.utf8).rows.count == 1)
    }

    @Test("Every bad row at a till is reported with its line")
    func badOrders() {
        let text = """
            time,key,action,voucher,outlet,terminal,bill_yuan,channel,order
            10:00,,redeem,,,,,,
            ,k2,redeme,V1,A1,,30,现金,D-1
            ,k3,void,V1,A1,,30,,D-1
            ,k4,redeem,V1,A1,,30,现金现金现金现金现金现,D-1
            """
        let found = faults { () throws(RowFaults) in try OrderFile(text.utf8) }
        #expect(
            places(found) == [
                "2 time", "2 key", "2 outlet", "2 order", "2 voucher", "2 bill_yuan", "2 channel", "3 action",
                "4 voucher", "4 bill_yuan", "5 channel",
            ])
        #expect(found[7].message.contains("did you mean “redeem”?"))
    }

    @Test("Claims, issues and hand-backs are read")
    func claims() throws {
        let text = """
            time,key,id_number,batch,action,voucher
            2018-06-01T10:00:00Z,k1,11010519491231002x,B370782-00000001-1,claim,
            ,k2,440524188001010014,B370782-00000002-2,issue,
            ,k3,440524188001010014,,退券,V370782-00000001-1
            """
        let rows = try ClaimFile(text.utf8, practice: false).rows
        #expect(
            rows.map(\.action) == [
                .claim(batch: "B370782-00000001-1"), .issue(batch: "B370782-00000002-2"),
                .handBack(voucher: "V370782-00000001-1"),
            ])
        #expect(rows[0].identity.text == "11010519491231002X")
        #expect(rows.map(\.line) == [2, 3, 4])
    }

    @Test("Every bad claim is reported with its line")
    func badClaims() {
        let text = """
            key,id_number,batch,action,voucher
            k1,110105194912310021,B1,claim,
            k2,11010519491231002X,,claim,
            k3,11010519491231002X,B1,hand-back,
            k4,11010519491231002X,B1,issue,V1
            k5,999900194901010017,B1,handback,V1
            """
        let found = faults { () throws(RowFaults) in try ClaimFile(text.utf8, practice: false) }
        #expect(
            places(found) == ["2 id_number", "3 batch", "4 voucher", "5 voucher", "6 id_number", "6 action"])
        #expect(found[5].message.contains("did you mean “hand-back”?"))
    }
}
