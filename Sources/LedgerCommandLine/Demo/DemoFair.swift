import Foundation
import LedgerDomain
import LedgerService

/// A village fair without a network: two tills sell offline for ten minutes, and one phone pays at both.
struct DemoFair {
    let runner: DemoRunner
    /// Who comes, by identity number.
    let people: [String]
    /// The platform ids of the two outlets.
    let outlets: [String]

    private var county: LedgerCode { DemoPlan.county }
    private var folder: String { "\(runner.story.folder)/fair" }

    private func at(_ time: String) -> String { DemoPlan.at("06-12", time) }

    func run() async throws {
        runner.story.heading("Offline 离线: a village fair without a network, ten minutes, one double spend")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let batch = try await open()
        let vouchers = try await claim(batch)
        for (person, voucher) in vouchers.enumerated() {
            try await prepare(person, voucher, quietly: person > 0)
        }
        for outlet in outlets {
            try await runner.run(
                "till", "enrol", "--till", till(outlet), "--outlet", outlet, "--clock", at("18:00:00"),
                on: county, quietly: outlet != outlets[0])
        }
        try await sell()
        try await upload()
        try await settleWith(people[0], batch)
    }

    private func till(_ outlet: String) -> String { "\(folder)/till-\(outlet)" }
    private func phone(_ person: Int) -> String { "\(folder)/phone-\(padded(person + 1, to: 2))" }

    private func open() async throws -> String {
        let proposed = try await runner.run(
            "batch", "propose", "--programme", "1", "--face", "20.00", "--quota", "\(people.count + 2)",
            "--fund", "1=60", "--fund", "2=40", "--release", "first-come", "--from", at("10:00:00"),
            "--until", at("22:00:00"), "--clock", at("09:30:00"), on: county)
        let batch = proposed.fact("batch")
        try await runner.run(
            "batch", "approve", batch, "--as", "approver", "--clock", at("09:40:00"), on: county)
        return batch
    }

    private func claim(_ batch: String) async throws -> [String] {
        var vouchers: [String] = []
        for person in people {
            let claimed = try await runner.run(
                "voucher", "claim", "--batch", batch, "--resident", person, "--clock", at("10:00:00"),
                on: county, quietly: !vouchers.isEmpty)
            vouchers.append(claimed.fact("voucher"))
        }
        return vouchers
    }

    /// A phone makes its own key, and gets a credential for it while it has a network.
    private func prepare(_ person: Int, _ voucher: String, quietly: Bool) async throws {
        let made = try await runner.run("phone", "new", phone(person), quietly: quietly)
        let credential = "\(phone(person)).credential"
        try await runner.run(
            "token", "credential", voucher, "--device", made.fact("key"), "--out", credential, "--hours",
            "24",
            "--clock", at("12:00:00"), on: county, quietly: quietly)
        try await runner.run("phone", "load", phone(person), credential, quietly: quietly)
    }

    /// Ten minutes from 19:00; the first phone was copied before, and pays at the other till too.
    private func sell() async throws {
        try FileManager.default.copyItem(atPath: phone(0), toPath: "\(phone(0))-copy")
        for minute in 0..<10 {
            let time = at("19:\(padded(minute, to: 2)):00")
            let outlet = outlets[minute % 2]
            if minute == 4 {
                try await sell(phone: "\(phone(0))-copy", outlets[1], "F-copy", time)
            } else {
                try await sell(phone: phone(minute), outlet, "F-\(minute)", time)
            }
        }
        for outlet in outlets {
            try await runner.run("till", "status", "--till", till(outlet), "--clock", at("19:10:00"))
        }
    }

    private func sell(phone: String, _ outlet: String, _ order: String, _ time: String) async throws {
        let number = try runner.service(county).till(outlet: outlet, terminal: nil).0.rawValue
        let shown = try await runner.run(
            "phone", "present", phone, "--outlet", "\(number)", "--clock", time, quietly: true)
        let sold = try await runner.run(
            "till", "sell", shown.fact("presentation"), "--till", till(outlet), "--bill", "120.00", "--order",
            order, "--channel", "counter", "--clock", time, quietly: true)
        let name = phone.split(separator: "/").last.map(String.init) ?? phone
        runner.story.say(
            "    \(time.dropFirst(11).prefix(5))  \(outlet) takes \(name): bill \(sold.fact("bill")), subsidy \(sold.fact("subsidy")), on disk, no network"
        )
    }

    /// The network is back; the first till's line breaks and it uploads again.
    private func upload() async throws {
        for outlet in [outlets[0], outlets[0], outlets[1]] {
            try await runner.run(
                "till", "upload", "--till", till(outlet), "--clock", at("19:30:00"), on: county)
        }
        try await runner.run("audit", "conflicts", on: county)
        runner.story.say("    one phone signed twice under one counter: both merchants are paid, once each")
    }

    /// What the programme paid for the cheat comes out of the next voucher.
    private func settleWith(_ person: String, _ batch: String) async throws {
        let claimed = try await runner.run(
            "voucher", "claim", "--batch", batch, "--resident", person, "--clock", at("20:00:00"), on: county)
        try await runner.run("voucher", "show", claimed.fact("voucher"), on: county)
        runner.story.say("    the next voucher of whoever did it made good what the programme had paid")
    }
}
