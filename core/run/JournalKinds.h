#pragma once

#include <QLatin1StringView>

namespace kwup {

// The kinds of journal entries of a run and the fields of their `data`. Names and fields are
// stable: reports and resuming read them. JSON rules: times are ISO 8601 UTC with milliseconds,
// durations `…Ms` are milliseconds, sizes are bytes (JSON numbers), an *error* is
//   {code, host, args[], command, exitCode, evidence}      (errorFromJson, core/run/RunJson.h)
// a *condition* is
//   {host, error?, service{activeState, subState, result, mainPid, execMainStatus, unitFileState,
//    needDaemonReload}, packages[{name, version, status}], versionFile, binaryVersion, lastLog}
// a *clause* is {key, holds, args[]}, a *node* is
//   {id, address, build, startedAt, isAvailable, isLive, leaseholders?, ranges?}
// and a *health* is {unavailable, underReplicated}.
// Entries about a step carry stepId and attempt in the entry itself.

namespace journal {

/// First entry, by RunStore::create. {plan (Plan::toJson), facts (factsToJson: before the run),
/// checks[{id, host, status, finding, args[], evidence, command, text}], accepted[{checkId, host,
/// reason}], operator, computer, programVersion}
inline constexpr QLatin1StringView RunCreated{"run-created"};

/// Each time a process begins or resumes the run. {resumed, takeOverLock, operator, computer,
/// process}
inline constexpr QLatin1StringView RunBegan{"run-began"};

/// Intent: on disk before a host is changed. {kind, host, title, expectation, jobId (empty when no
/// job is run), script (text that is run, empty when nothing is changed), resumed (an earlier
/// process had begun this attempt)}
inline constexpr QLatin1StringView StepStarted{"step-started"};

/// {state: done|skipped, reason (why skipped: "already-done"), exitCode (-1: no job), durationMs,
/// output (last 8 KiB of the job's log), result{…}}. `result` by step kind:
///   lock:            {path, takenOver: bool}
///   stage:           {directory, archiveSha256, scriptSha256, version, freeBytes, uploadMs}
///   baseline:        {askedHost, nodes[node], health?, jobs[{id, type, status, description}],
///                    settings{name: value}, clusterId}
///   raise-setting:   {name, previous, value, changed: bool}
///   before-stop:     {askedHost, nodes[node], health?}
///   stop:            {graceful: bool, result (systemd's), execMainStatus, drainMs, stoppedAt
///                    (clock of the host), forced: bool}
///   backup:          {kind: cold-copy, path, bytes, entries, sha256, manifest, durationMs,
///                    dataRoot, verified: bool}
///   upgrade:         {completed: bool, version, binaryVersion, packages[{name, version, status}],
///                    needDaemonReload, orphansEnded}
///   upgrade-live:    the same and {stoppedAt (clock of the host, before the script began)}
///   start:           {mainPid, startedAt (clock of the host), activeForMs}
///   gate:            {askedHost, clauses[clause], readings, waitedMs}
///   restore-setting: {name, value, changed: bool}
///   put-back:        {version, binaryVersion, packages[{name, version, status}], config (file)}
///   verify:          {ok, target (version), askedHost, nodes[node], health?, builds[],
///   problems[error],
///                    hosts[{host, version, binaryVersion, packages[]}], settings{name: value}}
///   any other kind:  {values{name: value}} as its script and its look told
///   release:         {lockRemoved: bool, stagingRemoved: bool}
inline constexpr QLatin1StringView StepFinished{"step-finished"};

/// {error, instructions[] (what a person does by hand after "stop here"; mostly empty), condition
/// (of the node, when the step is about one), exitCode, durationMs, output (last 8 KiB), jobGoesOn
/// (the job's end was not seen: a retry or resume goes on with this attempt)}
inline constexpr QLatin1StringView StepFailed{"step-failed"};

/// Something worth a line inside a step: {error (its code and text say what), severity: info|
/// warning}. E.g. StopTimeout: the service was ended by SIGKILL, not gracefully.
inline constexpr QLatin1StringView StepNote{"step-note"};

/// A reading of a gate; written for the first one, for each change of a clause and for the last.
/// {askedHost, clauses[clause], goodReadings, neededReadings, elapsedMs}
inline constexpr QLatin1StringView GateReading{"gate-reading"};

/// {decision: step-failed|stop-limit|gate-limit, host, error, choices[]}
inline constexpr QLatin1StringView DecisionAsked{"decision-asked"};
/// {decision, host, choice: retry|keep-waiting|force-stop|go-back|stop-here}
inline constexpr QLatin1StringView DecisionTaken{"decision-taken"};

/// The way back has been gone to its end; the run cannot be resumed. {from (id of the step that
/// failed), stages[] (ids of the stages of the way back)}
inline constexpr QLatin1StringView WentBack{"went-back"};

/// Before a cluster setting is changed (I12). {name, previous, value, askedHost}
inline constexpr QLatin1StringView SettingSaved{"setting-saved"};
/// After the saved value is back. {name, value, askedHost}
inline constexpr QLatin1StringView SettingRestored{"setting-restored"};
/// The clean-up after a failure could not put it back; resume does. {name, value, error}
inline constexpr QLatin1StringView SettingNotRestored{"setting-not-restored"};

/// Another run's lock was taken over, as told by the operator. {host, previous{run, who, computer,
/// since, state}}
inline constexpr QLatin1StringView LockTakenOver{"lock-taken-over"};

/// The verdict, computed from the cluster (I7), the same object as the result of verify plus
/// {before{nodes, health, versions{host: version}}, durationMs}
inline constexpr QLatin1StringView Verdict{"verdict"};

/// The process ends the run. {state: completed|failed|stopped, lastStepId, error?, wentBack?: true,
/// instructions?[] (sentences: how to go on by hand)}. A journal whose
/// last run-began has no run-ended after it was cut by a crash: it is resumable.
inline constexpr QLatin1StringView RunEnded{"run-ended"};

} // namespace journal

} // namespace kwup
