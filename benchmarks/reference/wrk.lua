-- The figures of wrk for a program: errors, the 50th, 99th and 99.9th percentile of the latency in microseconds,
-- requests, and the duration in microseconds.
function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("figures %d %d %d %d %d %d\n", errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9), summary.requests, summary.duration))
end
