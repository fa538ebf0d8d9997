//! Words of the start screen that belong to no scenario.

/// Below the title.
pub(super) const SUBTITLE: &str =
    "A simulation of the Battle of Nanking, hour by hour, with its sources and its doubts";

/// The content note.
pub(super) const NOTE: &str = "A real battle, with real victims. The program shows the fighting \
    between two armies and what it cost them. It does not simulate violence against civilians and \
    prisoners: the Nanking Massacre is told as text after the battle, the same for both sides, and \
    its victims are never in one number with losses in battle.";

/// What the program shows and what it does not.
pub(super) const ABOUT: &str = "What it shows

The fighting between the Nanking Garrison Force and the Japanese Central China Area Army in \
December 1937: movement, fire, works, supply, fatigue and the falling apart of units, at one \
kilometre and one hour. Losses of soldiers are counted on both sides with the same care. Every \
figure that claims to be history names its source and how sure it is; what is our own estimate \
says so.

What it does not show

No order is aimed at civilians or prisoners, and what is done to them is not simulated. The \
Safety Zone is no objective, and there is no number to gain by anyone's suffering. The battle ends \
with the fall of the city or the end of its time. What the Japanese army did in the city from 13 \
December on, the Nanking Massacre, is told as text afterwards, whatever the course of the \
simulated battle. Its victims are never added to losses in battle.

What is disputed

How many men defended the city, and how many of them were killed in action, is not known. The \
estimates of historians are offered by name and with equal rank; choose another to see how much \
hangs on it. The number of victims of the massacre is debated too. That it happened is not.

What the result says

The screen after the battle puts what was simulated beside what happened: earlier, later, more, \
fewer. It names no winner. The fall of the capital did not end the war, which went on until 1945.

For teachers

Suggested age: 14 and over. Some who sit in the class may have family ties to those who suffered. \
A battle by itself teaches little; leave time to read the background before it and the text after \
it, and to talk about the choices of those who commanded, of those who could not leave and of \
those who helped.";

/// The background: a short account of how it came to the battle.
pub(super) const BACKGROUND: &str =
    include_str!("../../../../scenarios/texts/nanking_1937_background.md");
