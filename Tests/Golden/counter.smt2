; Counter at 2 (workers)
; Written by `checker export`; docs/agreement.md explains how to run it and what it says.
; left out, not about bad states or steps: AllDone, Model/Protocols/Counter/Counter.cs:48
; left out, not about bad states or steps: TwoIncrements, Model/Protocols/Counter/Counter.cs:49
(set-option :incremental true)
(set-logic QF_BV)

(define-fun |is initial| ((|total| (_ BitVec 2)) (|register[w0]| (_ BitVec 2)) (|register[w1]| (_ BitVec 2)) (|phase[w0]| (_ BitVec 1)) (|phase[w1]| (_ BitVec 1)) (|done[w0]| (_ BitVec 1)) (|done[w1]| (_ BitVec 1))) Bool
  (and (= |total| #b00) (= |register[w0]| #b00) (= |register[w1]| #b00) (= |phase[w0]| #b0) (= |phase[w1]| #b0) (= |done[w0]| #b0) (= |done[w1]| #b0)))
; Load(w=w0), thread, Model/Protocols/Counter/Counter.cs:31
(define-fun |possible 0| ((|total| (_ BitVec 2)) (|register[w0]| (_ BitVec 2)) (|register[w1]| (_ BitVec 2)) (|phase[w0]| (_ BitVec 1)) (|phase[w1]| (_ BitVec 1)) (|done[w0]| (_ BitVec 1)) (|done[w1]| (_ BitVec 1))) Bool
  (and (= |phase[w0]| #b0) (not (= |done[w0]| #b1)) (= |phase[w1]| #b0)))
; Load(w=w1), thread, Model/Protocols/Counter/Counter.cs:31
(define-fun |possible 1| ((|total| (_ BitVec 2)) (|register[w0]| (_ BitVec 2)) (|register[w1]| (_ BitVec 2)) (|phase[w0]| (_ BitVec 1)) (|phase[w1]| (_ BitVec 1)) (|done[w0]| (_ BitVec 1)) (|done[w1]| (_ BitVec 1))) Bool
  (and (= |phase[w1]| #b0) (not (= |done[w1]| #b1)) (= |phase[w0]| #b0)))
; Store(w=w0), thread, Model/Protocols/Counter/Counter.cs:38
(define-fun |possible 2| ((|total| (_ BitVec 2)) (|register[w0]| (_ BitVec 2)) (|register[w1]| (_ BitVec 2)) (|phase[w0]| (_ BitVec 1)) (|phase[w1]| (_ BitVec 1)) (|done[w0]| (_ BitVec 1)) (|done[w1]| (_ BitVec 1))) Bool
  (and (= |phase[w0]| #b1) (not (bvslt #b0011 (bvadd ((_ zero_extend 2) |register[w0]|) #b0001)))))
; Store(w=w1), thread, Model/Protocols/Counter/Counter.cs:38
(define-fun |possible 3| ((|total| (_ BitVec 2)) (|register[w0]| (_ BitVec 2)) (|register[w1]| (_ BitVec 2)) (|phase[w0]| (_ BitVec 1)) (|phase[w1]| (_ BitVec 1)) (|done[w0]| (_ BitVec 1)) (|done[w1]| (_ BitVec 1))) Bool
  (and (= |phase[w1]| #b1) (not (bvslt #b0011 (bvadd ((_ zero_extend 2) |register[w1]|) #b0001)))))
; A step is the choice of an instance that is possible. Every cell without a new value keeps its own.
(define-fun |is step| ((|the choice| (_ BitVec 3)) (|total| (_ BitVec 2)) (|register[w0]| (_ BitVec 2)) (|register[w1]| (_ BitVec 2)) (|phase[w0]| (_ BitVec 1)) (|phase[w1]| (_ BitVec 1)) (|done[w0]| (_ BitVec 1)) (|done[w1]| (_ BitVec 1)) (|total'| (_ BitVec 2)) (|register[w0]'| (_ BitVec 2)) (|register[w1]'| (_ BitVec 2)) (|phase[w0]'| (_ BitVec 1)) (|phase[w1]'| (_ BitVec 1)) (|done[w0]'| (_ BitVec 1)) (|done[w1]'| (_ BitVec 1))) Bool
  (and (bvult |the choice| #b100) (=> (= |the choice| #b000) (|possible 0| |total| |register[w0]| |register[w1]| |phase[w0]| |phase[w1]| |done[w0]| |done[w1]|)) (=> (= |the choice| #b001) (|possible 1| |total| |register[w0]| |register[w1]| |phase[w0]| |phase[w1]| |done[w0]| |done[w1]|)) (=> (= |the choice| #b010) (|possible 2| |total| |register[w0]| |register[w1]| |phase[w0]| |phase[w1]| |done[w0]| |done[w1]|)) (=> (= |the choice| #b011) (|possible 3| |total| |register[w0]| |register[w1]| |phase[w0]| |phase[w1]| |done[w0]| |done[w1]|)) (= |total'| (ite (= |the choice| #b011) ((_ extract 1 0) (bvadd ((_ zero_extend 2) |register[w1]|) #b0001)) (ite (= |the choice| #b010) ((_ extract 1 0) (bvadd ((_ zero_extend 2) |register[w0]|) #b0001)) |total|))) (= |register[w0]'| (ite (= |the choice| #b000) ((_ extract 1 0) ((_ zero_extend 2) |total|)) |register[w0]|)) (= |register[w1]'| (ite (= |the choice| #b001) ((_ extract 1 0) ((_ zero_extend 2) |total|)) |register[w1]|)) (= |phase[w0]'| (ite (= |the choice| #b010) #b0 (ite (= |the choice| #b000) #b1 |phase[w0]|))) (= |phase[w1]'| (ite (= |the choice| #b011) #b0 (ite (= |the choice| #b001) #b1 |phase[w1]|))) (= |done[w0]'| (ite (= |the choice| #b010) #b1 |done[w0]|)) (= |done[w1]'| (ite (= |the choice| #b011) #b1 |done[w1]|))))
; invariant, Model/Protocols/Counter/Counter.cs:47
(define-fun |violated NoLostUpdate| ((|total| (_ BitVec 2)) (|register[w0]| (_ BitVec 2)) (|register[w1]| (_ BitVec 2)) (|phase[w0]| (_ BitVec 1)) (|phase[w1]| (_ BitVec 1)) (|done[w0]| (_ BitVec 1)) (|done[w1]| (_ BitVec 1))) Bool
  (not (= ((_ zero_extend 2) |total|) (bvadd (ite (= |done[w0]| #b1) #b0001 #b0000) (ite (= |done[w1]| #b1) #b0001 #b0000)))))
; terminal, Model/Protocols/Counter/Counter.cs:50
(define-fun |violated StopsOnlyWhenDone| ((|total| (_ BitVec 2)) (|register[w0]| (_ BitVec 2)) (|register[w1]| (_ BitVec 2)) (|phase[w0]| (_ BitVec 1)) (|phase[w1]| (_ BitVec 1)) (|done[w0]| (_ BitVec 1)) (|done[w1]| (_ BitVec 1))) Bool
  (and (not (and (= |done[w0]| #b1) (= |done[w1]| #b1))) (not (and (= |phase[w0]| #b0) (not (= |done[w0]| #b1)) (= |phase[w1]| #b0))) (not (and (= |phase[w1]| #b0) (not (= |done[w1]| #b1)) (= |phase[w0]| #b0))) (not (and (= |phase[w0]| #b1) (not (bvslt #b0011 (bvadd ((_ zero_extend 2) |register[w0]|) #b0001))))) (not (and (= |phase[w1]| #b1) (not (bvslt #b0011 (bvadd ((_ zero_extend 2) |register[w1]|) #b0001)))))))
; rule of the language, Model/Protocols/Counter/Counter.cs:38
(define-fun |violated InRange(Store.total)| ((|total| (_ BitVec 2)) (|register[w0]| (_ BitVec 2)) (|register[w1]| (_ BitVec 2)) (|phase[w0]| (_ BitVec 1)) (|phase[w1]| (_ BitVec 1)) (|done[w0]| (_ BitVec 1)) (|done[w1]| (_ BitVec 1))) Bool
  (not (and (or (not (= |phase[w0]| #b1)) (not (bvslt #b0011 (bvadd ((_ zero_extend 2) |register[w0]|) #b0001)))) (or (not (= |phase[w1]| #b1)) (not (bvslt #b0011 (bvadd ((_ zero_extend 2) |register[w1]|) #b0001)))))))
(define-fun |is violated| ((|total| (_ BitVec 2)) (|register[w0]| (_ BitVec 2)) (|register[w1]| (_ BitVec 2)) (|phase[w0]| (_ BitVec 1)) (|phase[w1]| (_ BitVec 1)) (|done[w0]| (_ BitVec 1)) (|done[w1]| (_ BitVec 1))) Bool
  (or (|violated NoLostUpdate| |total| |register[w0]| |register[w1]| |phase[w0]| |phase[w1]| |done[w0]| |done[w1]|) (|violated StopsOnlyWhenDone| |total| |register[w0]| |register[w1]| |phase[w0]| |phase[w1]| |done[w0]| |done[w1]|) (|violated InRange(Store.total)| |total| |register[w0]| |register[w1]| |phase[w0]| |phase[w1]| |done[w0]| |done[w1]|)))

; Is a violation possible after 0 steps?
(declare-const |total@0| (_ BitVec 2))
(declare-const |register[w0]@0| (_ BitVec 2))
(declare-const |register[w1]@0| (_ BitVec 2))
(declare-const |phase[w0]@0| (_ BitVec 1))
(declare-const |phase[w1]@0| (_ BitVec 1))
(declare-const |done[w0]@0| (_ BitVec 1))
(declare-const |done[w1]@0| (_ BitVec 1))
(assert (|is initial| |total@0| |register[w0]@0| |register[w1]@0| |phase[w0]@0| |phase[w1]@0| |done[w0]@0| |done[w1]@0|))
(push 1)
(assert (|is violated| |total@0| |register[w0]@0| |register[w1]@0| |phase[w0]@0| |phase[w1]@0| |done[w0]@0| |done[w1]@0|))
(check-sat)
(pop 1)

; Is a violation possible after 1 steps?
(declare-const |total@1| (_ BitVec 2))
(declare-const |register[w0]@1| (_ BitVec 2))
(declare-const |register[w1]@1| (_ BitVec 2))
(declare-const |phase[w0]@1| (_ BitVec 1))
(declare-const |phase[w1]@1| (_ BitVec 1))
(declare-const |done[w0]@1| (_ BitVec 1))
(declare-const |done[w1]@1| (_ BitVec 1))
(declare-const |the choice@1| (_ BitVec 3))
(assert (|is step| |the choice@1| |total@0| |register[w0]@0| |register[w1]@0| |phase[w0]@0| |phase[w1]@0| |done[w0]@0| |done[w1]@0| |total@1| |register[w0]@1| |register[w1]@1| |phase[w0]@1| |phase[w1]@1| |done[w0]@1| |done[w1]@1|))
(push 1)
(assert (|is violated| |total@1| |register[w0]@1| |register[w1]@1| |phase[w0]@1| |phase[w1]@1| |done[w0]@1| |done[w1]@1|))
(check-sat)
(pop 1)
