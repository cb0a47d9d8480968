/* The Counter model (Model/Protocols/Counter) for three threads, with the lock. Every action with a value for its parameter is one
   atomic option of one loop, so that SPIN's states are the model's. */
#define N 3

byte total;
byte register_[N];
bit loaded[N];
bit done[N];

#define IDLE(w) (!loaded[w])
#define ALL_IDLE (IDLE(0) && IDLE(1) && IDLE(2))
#define COUNTED (done[0] + done[1] + done[2])

#define LOAD(w)  d_step { IDLE(w) && !done[w] && ALL_IDLE -> register_[w] = total; loaded[w] = 1 }
#define STORE(w) d_step { loaded[w] -> total = register_[w] + 1; loaded[w] = 0; done[w] = 1 }

active proctype counter()
{
    do
    :: LOAD(0)
    :: LOAD(1)
    :: LOAD(2)
    :: STORE(0)
    :: STORE(1)
    :: STORE(2)
    od
}
