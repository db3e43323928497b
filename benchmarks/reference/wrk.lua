-- What wrk tells at its end, for a program: errors; the latencies' 50th, 99th and 99.9th percentile in microseconds; requests, in how many microseconds.
function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("figures %d %d %d %d %d %d\n", errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9), summary.requests, summary.duration))
end
