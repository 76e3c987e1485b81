/*
 * answer_weights: what learn_answers found: how much each bucket of answer_features speaks for each
 * answer.
 */
#ifndef SEINPOST_ANSWER_WEIGHTS_H
#define SEINPOST_ANSWER_WEIGHTS_H

#include "answer_features.h"
#include "answer_learnt.h"

extern const int8_t answer_weights[FEATURE_BUCKETS][ANSWERS];
extern const double answer_weight_unit; /* of a weight, for a text with one feature */
extern const double answer_weight_base[ANSWERS];

#endif
