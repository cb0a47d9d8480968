---- MODULE Counter ----
\* Counter at 2 (workers)
\* Written by `checker export`; docs/agreement.md explains how to run it and what it says.
EXTENDS Integers, FiniteSets

CONSTANTS Worker, None

Phase == {"Idle", "Loaded"}

VARIABLES
  total,  \* Model/Protocols/Counter/Counter.cs:21
  register,  \* Model/Protocols/Counter/Counter.cs:22
  phase_2,  \* Model/Protocols/Counter/Counter.cs:23
  done  \* Model/Protocols/Counter/Counter.cs:24

vars == <<total, register, phase_2, done>>

TypeOK ==
  /\ total \in 0..3
  /\ register \in [Worker -> 0..3]
  /\ phase_2 \in [Worker -> Phase]
  /\ done \in [Worker -> BOOLEAN]

\* thread: Model/Protocols/Counter/Counter.cs:31
Load(w) ==
  \* phase[w] == Phase.Idle & !done[w]  (Model/Protocols/Counter/Counter.cs:33)
  /\ ((phase_2[w] = "Idle") /\ (~done[w]))
  \* lock: Forall<Worker>(other => phase[other] == Phase.Idle)  (Model/Protocols/Counter/Counter.cs:34)
  /\ (\A other_2 \in Worker : phase_2[other_2] = "Idle") = TRUE
  \* Model/Protocols/Counter/Counter.cs:35
  /\ register' = [register EXCEPT ![w] = total]
  \* Model/Protocols/Counter/Counter.cs:36
  /\ phase_2' = [phase_2 EXCEPT ![w] = "Loaded"]
  /\ UNCHANGED <<total, done>>

\* thread: Model/Protocols/Counter/Counter.cs:38
Store(w) ==
  \* phase[w] == Phase.Loaded  (Model/Protocols/Counter/Counter.cs:40)
  /\ (phase_2[w] = "Loaded")
  \* every value stays in its range, and no cell gets two values
  /\ ((~((register[w] + 1) < 0)) /\ (~(3 < (register[w] + 1))))
  \* Model/Protocols/Counter/Counter.cs:38
  /\ total' = register[w] + 1
  \* Model/Protocols/Counter/Counter.cs:42
  /\ phase_2' = [phase_2 EXCEPT ![w] = "Idle"]
  \* Model/Protocols/Counter/Counter.cs:43
  /\ done' = [done EXCEPT ![w] = TRUE]
  /\ UNCHANGED <<register>>

Init ==
  /\ total = 0
  /\ register = [i1 \in Worker |-> 0]
  /\ phase_2 = [i1 \in Worker |-> "Idle"]
  /\ done = [i1 \in Worker |-> FALSE]

Next ==
  \/ \E w \in Worker : Load(w)
  \/ \E w \in Worker : Store(w)

Spec == Init /\ [][Next]_vars

\* invariant: Model/Protocols/Counter/Counter.cs:47
NoLostUpdate == total = Cardinality({w \in Worker : done[w]})

\* reachable: Model/Protocols/Counter/Counter.cs:48
\* TLC shows a witness of AllDone as a violation of this formula.
AllDone == ~(\A w \in Worker : done[w])

\* terminal: Model/Protocols/Counter/Counter.cs:50
StopsOnlyWhenDone == (\E w \in Worker : (phase_2[w] = "Idle") /\ (~done[w]) /\ (\A other_2 \in Worker : phase_2[other_2] = "Idle")) \/ (\E w \in Worker : (phase_2[w] = "Loaded") /\ (~((register[w] + 1) < 0)) /\ (~(3 < (register[w] + 1)))) \/ (\A w \in Worker : done[w])

\* rule of the language: Model/Protocols/Counter/Counter.cs:38
InRange_Store_total_ == \A w \in Worker : (phase_2[w] = "Loaded") => ((~((register[w] + 1) < 0)) /\ (~(3 < (register[w] + 1))))

\* Not expressed: scenario TwoIncrements  (Model/Protocols/Counter/Counter.cs:49)

====

The configuration, Counter.cfg:

\* Counter at 2 (workers)
\* Written by `checker export`; docs/agreement.md explains how to run it and what it says.
\* A model may stop anywhere, so a state without successors is no error.
CHECK_DEADLOCK FALSE
SPECIFICATION Spec
CONSTANTS
  None = None
  Worker = {w0, w1}
INVARIANT TypeOK
INVARIANT NoLostUpdate
\* To see a witness of AllDone:
\* INVARIANT AllDone
INVARIANT StopsOnlyWhenDone
INVARIANT InRange_Store_total_
