//! Means of chains of factors over the units of a stack. Pure arithmetic.

/// Men-weighted means of a chain of factors, such that the product of the chain is the mean of
/// the products: the why panel then adds up exactly although units differ.
#[derive(Default)]
pub(super) struct Factors {
    partial: [f64; 8],
}

impl Factors {
    pub(super) fn add(&mut self, men: f64, factors: [f64; 7]) {
        let mut product = men;
        self.partial[0] += product;
        for (sum, factor) in self.partial[1..].iter_mut().zip(factors) {
            product *= factor;
            *sum += product;
        }
    }

    pub(super) fn chain(&self) -> [f64; 7] {
        let mut chain = [1.0; 7];
        for (i, link) in chain.iter_mut().enumerate() {
            if self.partial[i] > 0.0 {
                *link = self.partial[i + 1] / self.partial[i];
            }
        }
        chain
    }
}
