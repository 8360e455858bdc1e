package import CoreMetrics
import Synchronization

/// What the server counts, in the text that Prometheus reads (exposition format 0.0.4).
package final class PrometheusRegistry: MetricsFactory {
    /// One series: a name and its labels.
    private struct Series: Hashable {
        var name: String
        var labels: [Label]
    }

    private struct Label: Hashable {
        var name: String
        var value: String
    }

    private struct State {
        var counters: [Series: PrometheusNumber] = [:]
        var gauges: [Series: PrometheusNumber] = [:]
        var durations: [Series: PrometheusHistogram] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// Everything, each family once, series in a stable order.
    package var text: String {
        let (counters, gauges, durations) = state.withLock { ($0.counters, $0.gauges, $0.durations) }
        var lines: [String] = []
        for (kind, numbers) in [("counter", counters), ("gauge", gauges)] {
            for (name, series) in PrometheusRegistry.families(of: numbers) {
                lines.append("# TYPE \(name) \(kind)")
                for (labels, number) in series {
                    lines.append("\(name)\(PrometheusRegistry.text(labels)) \(number.value)")
                }
            }
        }
        for (name, series) in PrometheusRegistry.families(of: durations) {
            lines.append("# TYPE \(name) histogram")
            for (labels, histogram) in series {
                let (counts, sum) = histogram.read()
                var total = 0
                for (bound, count) in zip(PrometheusHistogram.bounds.map { "\($0)" } + ["+Inf"], counts) {
                    total += count
                    let all = labels + [Label(name: "le", value: bound)]
                    lines.append("\(name)_bucket\(PrometheusRegistry.text(all)) \(total)")
                }
                lines.append("\(name)_sum\(PrometheusRegistry.text(labels)) \(sum)")
                lines.append("\(name)_count\(PrometheusRegistry.text(labels)) \(total)")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func families<Value>(
        of values: [Series: Value]
    ) -> [(name: String, series: [(labels: [Label], value: Value)])] {
        Dictionary(grouping: values) { $0.key.name }.sorted { $0.key < $1.key }.map { name, series in
            (name, series.map { ($0.key.labels, $0.value) }.sorted { text($0.0) < text($1.0) })
        }
    }

    private static func text(_ labels: [Label]) -> String {
        guard !labels.isEmpty else { return "" }
        let pairs = labels.map { label in
            let value = label.value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
                .replacing("\n", with: "\\n")
            return "\(label.name)=\"\(value)\""
        }
        return "{\(pairs.joined(separator: ","))}"
    }

    private static func series(
        _ label: String, _ dimensions: [(String, String)], suffix: String = ""
    ) -> Series {
        func plain(_ text: String) -> String {
            String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
        }
        return Series(
            name: plain(label) + suffix,
            labels: dimensions.map { Label(name: plain($0.0), value: $0.1) }.sorted { $0.name < $1.name })
    }

    // MARK: - What swift-metrics asks for

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        let series = PrometheusRegistry.series(label, dimensions, suffix: "_total")
        return state.withLock { state in
            let counter = state.counters[series] ?? PrometheusNumber()
            state.counters[series] = counter
            return counter
        }
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        let series = PrometheusRegistry.series(label, dimensions)
        return state.withLock { state in
            let gauge = state.gauges[series] ?? PrometheusNumber()
            state.gauges[series] = gauge
            return gauge
        }
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        let series = PrometheusRegistry.series(label, dimensions, suffix: "_seconds")
        return state.withLock { state in
            let durations = state.durations[series] ?? PrometheusHistogram()
            state.durations[series] = durations
            return durations
        }
    }

    package func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        let series = PrometheusRegistry.series(label, dimensions)
        return state.withLock { state in
            let gauge = state.gauges[series] ?? PrometheusNumber()
            state.gauges[series] = gauge
            return gauge
        }
    }

    // A server's series are few and stay.
    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyMeter(_ handler: any MeterHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {}
}

/// A number that grows or is set.
private final class PrometheusNumber: CounterHandler, MeterHandler, RecorderHandler {
    private let number = Mutex(0.0)

    /// As Prometheus reads it: whole numbers without a point.
    var value: String {
        let value = number.withLock { $0 }
        return value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
    }

    func increment(by amount: Int64) { number.withLock { $0 += Double(amount) } }
    func increment(by amount: Double) { number.withLock { $0 += amount } }
    func decrement(by amount: Double) { number.withLock { $0 -= amount } }
    func set(_ value: Int64) { number.withLock { $0 = Double(value) } }
    func set(_ value: Double) { number.withLock { $0 = value } }
    func record(_ value: Int64) { set(value) }
    func record(_ value: Double) { set(value) }
    func reset() { set(0.0) }
}

/// How long things took, by bounds in seconds.
private final class PrometheusHistogram: TimerHandler {
    static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

    private struct State {
        var counts = [Int](repeating: 0, count: PrometheusHistogram.bounds.count + 1)
        var sum = 0.0
    }

    private let state = Mutex(State())

    func read() -> (counts: [Int], sum: Double) { state.withLock { ($0.counts, $0.sum) } }

    func recordNanoseconds(_ duration: Int64) {
        let seconds = Double(duration) / 1e9
        let place =
            PrometheusHistogram.bounds.firstIndex { seconds <= $0 } ?? PrometheusHistogram.bounds.count
        state.withLock { state in
            state.counts[place] += 1
            state.sum += seconds
        }
    }
}
