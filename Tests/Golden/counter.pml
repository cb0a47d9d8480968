// Counter at 2 (workers)
// Written by `checker export`; docs/agreement.md explains how to run it and what it says.
// A model may stop anywhere: run pan with -E. A violation ends the run with an assertion that is violated.
// -DWITNESS does the same for a witness of a property that asks for one. -DREPORT prints each of the following
// properties once, with the number of steps to it, and goes on; with -DBFS the number is the least.
// property 0: NoLostUpdate, invariant  (Model/Protocols/Counter/Counter.cs:47)
// property 1: AllDone, reachable  (Model/Protocols/Counter/Counter.cs:48)
// property 2: StopsOnlyWhenDone, terminal  (Model/Protocols/Counter/Counter.cs:50)
// property 3: InRange(Store.total), rule of the language  (Model/Protocols/Counter/Counter.cs:38)
// not expressed: TwoIncrements, scenario  (Model/Protocols/Counter/Counter.cs:49)

#ifdef REPORT
c_decl {
  static char found[5];
  static void report(int n, long steps)
  {
    if (!found[n]) { found[n] = 1; printf("property %d after %ld steps\n", n, steps); }
  }
}
#define VIOLATED(n) c_code { report(n, depth); }
#define WITNESSED(n) c_code { report(n, depth); }
#define STEP_VIOLATED(n) c_code { report(n, depth + 1); }
#define STEP_WITNESSED(n) c_code { report(n, depth + 1); }
#else
#define VIOLATED(n) assert(false)
#define STEP_VIOLATED(n) assert(false)
#ifdef WITNESS
#define WITNESSED(n) assert(false)
#define STEP_WITNESSED(n) assert(false)
#else
#define WITNESSED(n) skip
#define STEP_WITNESSED(n) skip
#endif
#endif

#define NONE 0
#define SOME(x) ((x) + 1)
#define w0 0
#define w1 1
#define Phase_Idle 0
#define Phase_Loaded 1

byte total;  // Model/Protocols/Counter/Counter.cs:21
byte register_2[2];  // Model/Protocols/Counter/Counter.cs:22
byte phase[2];  // Model/Protocols/Counter/Counter.cs:23
byte done[2];  // Model/Protocols/Counter/Counter.cs:24

// thread: Model/Protocols/Counter/Counter.cs:31
// phase[w] == Phase.Idle & !done[w]  (Model/Protocols/Counter/Counter.cs:33)
// lock: Forall<Worker>(other => phase[other] == Phase.Idle)  (Model/Protocols/Counter/Counter.cs:34)
#define Load_guard(w_2) \
  ((phase[w_2] == Phase_Idle) && (!done[w_2])) \
  && ((phase[w0] == Phase_Idle) && (phase[w1] == Phase_Idle))
// Model/Protocols/Counter/Counter.cs:35
// Model/Protocols/Counter/Counter.cs:36
#define Load_step(w_2) \
  register_2[w_2] = total; \
  phase[w_2] = Phase_Loaded; \
  skip

// thread: Model/Protocols/Counter/Counter.cs:38
// phase[w] == Phase.Loaded  (Model/Protocols/Counter/Counter.cs:40)
// every value stays in its range, and no cell gets two values
#define Store_guard(w_2) \
  (phase[w_2] == Phase_Loaded) \
  && ((!((register_2[w_2] + 1) < 0)) && (!(3 < (register_2[w_2] + 1))))
// Model/Protocols/Counter/Counter.cs:38
// Model/Protocols/Counter/Counter.cs:42
// Model/Protocols/Counter/Counter.cs:43
#define Store_step(w_2) \
  total = register_2[w_2] + 1; \
  phase[w_2] = Phase_Idle; \
  done[w_2] = true; \
  skip

active proctype model()
{
do
:: d_step { Load_guard(w0) -> Load_step(w0) }
:: d_step { Load_guard(w1) -> Load_step(w1) }
:: d_step { Store_guard(w0) -> Store_step(w0) }
:: d_step { Store_guard(w1) -> Store_step(w1) }
// NoLostUpdate  (Model/Protocols/Counter/Counter.cs:47)
:: d_step { (total != ((done[w0] -> 1 : 0) + (done[w1] -> 1 : 0))) -> VIOLATED(0) }
// AllDone  (Model/Protocols/Counter/Counter.cs:48)
:: d_step { (done[w0] && done[w1]) -> WITNESSED(1) }
// StopsOnlyWhenDone  (Model/Protocols/Counter/Counter.cs:50)
:: d_step { (!((((phase[w0] == Phase_Idle) && (!done[w0]) && ((phase[w0] == Phase_Idle) && (phase[w1] == Phase_Idle))) || ((phase[w1] == Phase_Idle) && (!done[w1]) && ((phase[w0] == Phase_Idle) && (phase[w1] == Phase_Idle)))) || (((phase[w0] == Phase_Loaded) && (!((register_2[w0] + 1) < 0)) && (!(3 < (register_2[w0] + 1)))) || ((phase[w1] == Phase_Loaded) && (!((register_2[w1] + 1) < 0)) && (!(3 < (register_2[w1] + 1))))) || (done[w0] && done[w1]))) -> VIOLATED(2) }
// InRange(Store.total)  (Model/Protocols/Counter/Counter.cs:38)
:: d_step { (!(((!(phase[w0] == Phase_Loaded)) || ((!((register_2[w0] + 1) < 0)) && (!(3 < (register_2[w0] + 1))))) && ((!(phase[w1] == Phase_Loaded)) || ((!((register_2[w1] + 1) < 0)) && (!(3 < (register_2[w1] + 1))))))) -> VIOLATED(3) }
// SPIN leaves a variable that is never read out of the state. This condition reads all of them.
:: d_step { (false && (total + register_2[0] + phase[0] + done[0]) == 0) -> skip }
od
}
