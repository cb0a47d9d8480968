-- Counter at 2 (workers)
-- Written by `checker export`; docs/agreement.md explains how to run it and what it says.
-- A model may stop anywhere, and its sums have up to 32 bits:
-- run Rumur with --deadlock-detection off --symmetry-reduction off --value-type int32_t.

const
  None_: 0;
  Phase_Idle: 1;
  Phase_Loaded: 2;

type
  Worker: 1 .. 2;
  Phase: 1 .. 2;

var
  total: 0 .. 3;  -- Model/Protocols/Counter/Counter.cs:21
  register: array [Worker] of 0 .. 3;  -- Model/Protocols/Counter/Counter.cs:22
  phase_2: array [Worker] of Phase;  -- Model/Protocols/Counter/Counter.cs:23
  done: array [Worker] of boolean;  -- Model/Protocols/Counter/Counter.cs:24

startstate "Initially" begin
  total := 0;
  for i1: Worker do
    register[i1] := 0;
  end;
  for i1: Worker do
    phase_2[i1] := Phase_Idle;
  end;
  for i1: Worker do
    done[i1] := false;
  end;
end;

-- thread: Model/Protocols/Counter/Counter.cs:31
ruleset w: Worker do
rule "Load"
  -- phase[w] == Phase.Idle & !done[w]  (Model/Protocols/Counter/Counter.cs:33)
  ((phase_2[w] = Phase_Idle) & (!done[w]))
  -- lock: Forall<Worker>(other => phase[other] == Phase.Idle)  (Model/Protocols/Counter/Counter.cs:34)
  & (forall other: Worker do phase_2[other] = Phase_Idle end)
==>
begin
  register[w] := total;  -- Model/Protocols/Counter/Counter.cs:35
  phase_2[w] := Phase_Loaded;  -- Model/Protocols/Counter/Counter.cs:36
end;
end;

-- thread: Model/Protocols/Counter/Counter.cs:38
ruleset w: Worker do
rule "Store"
  -- phase[w] == Phase.Loaded  (Model/Protocols/Counter/Counter.cs:40)
  (phase_2[w] = Phase_Loaded)
  -- every value stays in its range, and no cell gets two values
  & ((!((register[w] + 1) < 0)) & (!(3 < (register[w] + 1))))
==>
begin
  total := register[w] + 1;  -- Model/Protocols/Counter/Counter.cs:38
  phase_2[w] := Phase_Idle;  -- Model/Protocols/Counter/Counter.cs:42
  done[w] := true;  -- Model/Protocols/Counter/Counter.cs:43
end;
end;

-- invariant: Model/Protocols/Counter/Counter.cs:47
invariant "NoLostUpdate" (total = ((done[1] ? 1 : 0) + (done[2] ? 1 : 0)));

-- reachable: Model/Protocols/Counter/Counter.cs:48
cover "AllDone" (forall w: Worker do done[w] end);

-- terminal: Model/Protocols/Counter/Counter.cs:50
invariant "StopsOnlyWhenDone" ((exists w: Worker do (phase_2[w] = Phase_Idle) & (!done[w]) & (forall other: Worker do phase_2[other] = Phase_Idle end) end) | (exists w: Worker do (phase_2[w] = Phase_Loaded) & (!((register[w] + 1) < 0)) & (!(3 < (register[w] + 1))) end) | (forall w: Worker do done[w] end));

-- rule of the language: Model/Protocols/Counter/Counter.cs:38
invariant "InRange(Store.total)" (forall w: Worker do (phase_2[w] = Phase_Loaded) -> ((!((register[w] + 1) < 0)) & (!(3 < (register[w] + 1)))) end);

-- Not expressed: scenario TwoIncrements  (Model/Protocols/Counter/Counter.cs:49)
