-- The Counter model (Model/Protocols/Counter) for three threads, with the lock.
const
  n: 3;

type
  worker: 1 .. n;
  count: 0 .. 3;

var
  total: count;
  reg: array [worker] of count;
  loaded: array [worker] of boolean;
  done: array [worker] of boolean;

startstate begin
  total := 0;
  for w: worker do
    reg[w] := 0;
    loaded[w] := false;
    done[w] := false;
  end;
end;

ruleset w: worker do
  rule "Load" !loaded[w] & !done[w] & forall v: worker do !loaded[v] end ==> begin
    reg[w] := total;
    loaded[w] := true;
  end;

  rule "Store" loaded[w] ==> begin
    total := reg[w] + 1;
    loaded[w] := false;
    done[w] := true;
  end;
end;
